using Oriel.Ipc;
using Oriel.Security;

namespace Oriel.Tests;

public sealed class DocumentRightsTests
{
    private readonly List<CapabilityRefusal> _refused = [];

    [Fact]
    public void A_command_that_asks_for_a_capability_is_not_reached_by_its_name()
    {
        var table = new CapabilitiesBuilder().Define("all", static all => all.AllowCommands("*")).Define("danger").Build();

        Assert.Equal(
            (true, false, true, false, true),
            (Of(table, ["all"]).RefusalOfCommand("wipe", null) is null,
             Of(table, ["all"]).RefusalOfCommand("wipe", "danger") is null,
             Of(table, ["danger"]).RefusalOfCommand("wipe", "danger") is null,
             Of(table, ["danger"]).RefusalOfCommand("wipe", null) is null,
             Of(table, null).RefusalOfCommand("wipe", "danger") is null));
    }

    [Fact]
    public void A_foreign_origin_that_has_everything_has_nothing_that_asks_for_a_capability()
    {
        var rights = new DocumentRights(CapabilityTable.Create([], []).Resolve("https://example.com", null, null, isLoadedWithBridge: true)!, _refused.Add);

        Assert.Equal((null, (int)IpcErrorCode.Denied), ((int?)rights.RefusalOfCommand("greet", null)?.Code, rights.RefusalOfCommand("greet", "danger")?.Code));
        Assert.Equal((true, false), (rights.AllowsState("cart", write: true), rights.AllowsState("cart", write: false, "danger")));
    }

    [Fact]
    public void Who_may_write_a_state_may_read_it_and_not_the_other_way_round()
    {
        var table = new CapabilitiesBuilder().Define("shop", static shop => shop.AllowStates("prices").AllowStateWrites("cart.*")).Build();
        var rights = Of(table, ["shop"]);

        Assert.Equal(
            (true, false, true, true, false),
            (rights.AllowsState("prices", write: false), rights.AllowsState("prices", write: true), rights.AllowsState("cart.mine", write: false), rights.AllowsState("cart.mine", write: true), rights.AllowsState("cart", write: false)));
    }

    [Fact]
    public void A_state_is_asked_for_by_its_key_and_not_by_the_command_that_opens_it()
    {
        var table = new CapabilitiesBuilder().Define("shop", static shop => shop.AllowStates("cart")).Build();
        var rights = Of(table, ["shop"]);

        Assert.Null(rights.RefusalOfCommand("oriel.state.open", null));
        Assert.Null(rights.RefusalOfState("cart", write: false));
        Assert.Equal((int)IpcErrorCode.Denied, rights.RefusalOfState("secrets", write: false)?.Code);
        Assert.Equal((int)IpcErrorCode.Denied, rights.RefusalOfState("cart", write: true)?.Code);
    }

    [Theory]
    [InlineData("oriel.state.opened")]
    [InlineData("oriel.state.")]
    [InlineData("oriel.state.open ")]
    [InlineData("oriel.state.Open")]
    [InlineData("oriel.state.set.wipe")]
    public void A_command_that_is_only_named_like_those_of_states_needs_its_grant(string name) =>
        Assert.Equal((int)IpcErrorCode.Denied, Of(CapabilityTable.Create([], []), []).RefusalOfCommand(name, null)?.Code);

    [Fact]
    public void A_name_of_millions_of_characters_is_neither_kept_nor_logged()
    {
        var rights = Of(CapabilityTable.Create([], []), []);

        Assert.NotNull(rights.RefusalOfState(new string('k', 5_000_000), write: false));
        Assert.NotNull(rights.RefusalOfState(new string('k', 255) + new string('\ud83d', 1) + '\ude00' + new string('x', 300), write: true));

        Assert.Equal([257, 256], _refused.Select(static refusal => refusal.Name.Length));
        Assert.All(_refused, refusal => Assert.InRange(refusal.Subject.Length, 1, 300));
    }

    [Fact]
    public void A_refusal_tells_the_page_nothing_of_what_it_asked_for()
    {
        var error = Of(CapabilityTable.Create([], []), []).RefusalOfCommand("wipe", "danger")!;

        Assert.DoesNotContain("wipe", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("danger", error.Message, StringComparison.Ordinal);
        Assert.True(error.Data.IsEmpty);
    }

    [Fact]
    public void A_page_that_asks_for_ever_does_not_fill_the_log()
    {
        var rights = Of(CapabilityTable.Create([], []), []);

        for (var i = 0; i < 10_000; i++)
        {
            Assert.NotNull(rights.RefusalOfCommand($"c{i}", null));
            Assert.NotNull(rights.RefusalOfEvent("same"));
        }

        Assert.Equal(16, _refused.Count);
        Assert.Equal([.. Enumerable.Repeat(false, 15), true], _refused.Select(static refusal => refusal.IsLast));
    }

    [Theory]
    [InlineData(null, null, "oriel://app", "main", false, "C#: builder.Capabilities.Define(\"new-1\", c => c.AllowCommands(\"scans.walk\")).GrantToApp(\"main\", \"new-1\"); or oriel.capabilities.json: { \"capabilities\": { \"new-1\": { \"commands\": [\"scans.walk\"] } }, \"grants\": [{ \"window\": \"main\", \"capabilities\": [\"new-1\"] }] }")]
    [InlineData(null, null, "https://example.com", null, false, "C#: builder.Capabilities.Define(\"new-1\", c => c.AllowCommands(\"scans.walk\")).GrantTo(\"https://example.com\", null, \"new-1\"); or oriel.capabilities.json: { \"capabilities\": { \"new-1\": { \"commands\": [\"scans.walk\"] } }, \"grants\": [{ \"origin\": \"https://example.com\", \"capabilities\": [\"new-1\"] }] }")]
    [InlineData("danger", null, "https://example.com", "main", false, "C#: builder.Capabilities.GrantTo(\"https://example.com\", \"main\", \"danger\"); or oriel.capabilities.json: { \"grants\": [{ \"origin\": \"https://example.com\", \"window\": \"main\", \"capabilities\": [\"danger\"] }] }")]
    [InlineData("danger", "files", "oriel://app", "main", true, "WindowOptions.Capabilities = [..., \"danger\"]")]
    [InlineData("unknown", null, "oriel://app", "main", true, "C#: builder.Capabilities.Define(\"unknown\"); or oriel.capabilities.json: { \"capabilities\": { \"unknown\": {} } }; and WindowOptions.Capabilities = [..., \"unknown\"]")]
    [InlineData(null, "files", "oriel://app", "main", true, "C#: builder.Capabilities.Define(\"files\", c => c.AllowCommands(\"scans.walk\")) beside what it allows already; or oriel.capabilities.json: { \"capabilities\": { \"files\": { \"commands\": [\"scans.walk\"] } } }")]
    public void The_log_has_the_line_to_add(string? capability, string? held, string origin, string? window, bool hasList, string remedy)
    {
        var table = new CapabilitiesBuilder().Define("danger").Define("files").Build();

        Assert.Equal(remedy, new CapabilityRefusal(CapabilityKind.Command, "scans.walk", capability, held, IsLast: false).Remedy(table, origin, window, hasList));
    }

    [Fact]
    public void A_name_cannot_forge_the_log()
    {
        var refusal = new CapabilityRefusal(CapabilityKind.Event, "a\"\r\nWindow 1: fine \u0430\u202E", null, null, IsLast: false);

        Assert.All(refusal.Subject + refusal.Remedy(CapabilityTable.Create([], []), "oriel://app", null, hasList: false), static c => Assert.InRange(c, ' ', '~'));
    }

    private DocumentRights Of(CapabilityTable table, string[]? list) => new(table.Resolve("oriel://app", null, list)!, _refused.Add);
}
