using System.Text;
using Oriel.Security;

namespace Oriel.Tests;

/// <summary>Who gets what. The tables are resolved as a whole and compared with the files in Golden, one row a document.</summary>
public sealed class CapabilityTableTests
{
    private static readonly string[] Files = ["files"];

    [Fact]
    public void Without_grants_the_app_may_do_everything_and_others_nothing() => AssertGolden(
        "default",
        new CapabilitiesBuilder(),
        ("oriel://app", null, null, false),
        ("oriel://app", "main", null, false),
        ("https://example.com", null, null, false),
        ("oriel://plugin-x", null, null, false),
        ("null", null, null, false),
        ("", null, null, false));

    [Fact]
    public void A_list_narrows_its_window_and_a_grant_its_origin() => AssertGolden(
        "grants",
        new CapabilitiesBuilder()
            .Define("files", static files => files.AllowCommands("scans.*", "greet").AllowEvents("progress").AllowStates("cart"))
            .Define("shop", static shop => shop.AllowCommands("buy").AllowStateWrites("cart"))
            .Define("danger")
            .GrantTo("https://example.com", "main", "files")
            .GrantTo("https://everywhere.example", null, "files", "shop")
            .GrantToApp("settings", "shop"),
        ("oriel://app", null, null, false),
        ("oriel://app", "settings", null, false),
        ("oriel://app", "settings", Files, false),
        ("oriel://app", null, ["files", "danger"], false),
        ("oriel://app", null, [], false),
        ("https://example.com", "main", null, false),
        ("https://example.com", "main", ["shop"], false),
        ("https://example.com", "other", null, false),
        ("https://example.com", null, null, false),
        ("https://everywhere.example", null, null, false),
        ("https://everywhere.example", "any", Files, false));

    [Fact]
    public void A_bridge_that_code_gives_is_narrowed_by_what_is_listed() => AssertGolden(
        "loaded-with-bridge",
        new CapabilitiesBuilder()
            .Define("files", static files => files.AllowCommands("scans.*"))
            .GrantTo("https://example.com", "main", "files"),
        ("https://other.example", null, null, true),
        ("https://other.example", null, Files, true),
        ("https://other.example", null, [], true),
        ("https://example.com", "main", null, true),
        ("https://example.com", "other", null, true));

    [Fact]
    public void A_grant_to_the_app_in_all_windows_ends_the_default() => AssertGolden(
        "closed",
        new CapabilitiesBuilder().Define("base", static all => all.AllowCommands("*", "oriel.window.*").AllowEvents("*")).GrantToApp(null, "base"),
        ("oriel://app", null, null, false),
        ("oriel://app", "main", null, false),
        ("oriel://app", "main", [], false));

    [Theory]
    [InlineData("https://example.com", true)]
    [InlineData("https://example.com.", false)]
    [InlineData("https://EXAMPLE.com", false)]
    [InlineData("https://example.com:443", false)]
    [InlineData("https://example.com:8443", false)]
    [InlineData("http://example.com", false)]
    [InlineData("https://example.com.evil.example", false)]
    [InlineData("https://evil.example.com", false)]
    [InlineData("https://example.com@evil.example", false)]
    [InlineData("https://example.com/", false)]
    [InlineData("https://ex\u0430mple.com", false)]
    [InlineData("https://xn--exmple-4nf.com", false)]
    [InlineData(" https://example.com", false)]
    [InlineData("https://example.com https://example.com", false)]
    [InlineData("__proto__", false)]
    public void A_stamp_is_compared_letter_by_letter(string origin, bool isGranted)
    {
        var table = new CapabilitiesBuilder().Define("files").GrantTo("https://example.com", null, "files").Build();

        Assert.Equal(isGranted, table.Resolve(origin, null, null) is not null);
    }

    [Theory]
    [InlineData("HTTPS://Example.COM", "https://example.com")]
    [InlineData("https://example.com:443", "https://example.com")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    [InlineData("https://example.com.", "https://example.com.")]
    public void A_granted_origin_is_kept_as_browsers_write_it(string written, string stamped)
    {
        var table = new CapabilitiesBuilder().Define("files").GrantTo(written, null, "files").Build();

        Assert.NotNull(table.Resolve(stamped, null, null));
    }

    [Theory]
    [InlineData("main", true)]
    [InlineData("Main", false)]
    [InlineData("main ", false)]
    [InlineData("main.evil", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_window_s_name_is_compared_letter_by_letter(string? window, bool isGranted)
    {
        var table = new CapabilitiesBuilder().Define("files").GrantTo("https://example.com", "main", "files").Build();

        Assert.Equal(isGranted, table.Resolve("https://example.com", window, null) is not null);
        Assert.Equal(isGranted, table.OriginsIn(window).Any());
    }

    [Fact]
    public void What_is_granted_must_be_defined_and_defined_once()
    {
        Assert.Contains("\"files\" is granted but not defined", Assert.Throws<InvalidOperationException>(() => new CapabilitiesBuilder().GrantToApp(null, "files").Build()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CapabilitiesBuilder().Define("files").Define("files"));
        Assert.Throws<InvalidOperationException>(() => CapabilityTable.Create([new CapabilityDefinition("a"), new CapabilityDefinition("a")], []));
    }

    [Fact]
    public void A_table_is_bounded()
    {
        var patterns = Enumerable.Range(0, 4_096).Select(static i => $"c{i}").ToArray();

        Assert.NotNull(CapabilityTable.Create([new CapabilityDefinition("a") { Commands = patterns }], []));
        Assert.Throws<InvalidOperationException>(() => CapabilityTable.Create([new CapabilityDefinition("a") { Commands = patterns, Events = ["one"] }], []));
        Assert.Throws<InvalidOperationException>(() => CapabilityTable.Create([.. Enumerable.Range(0, 1_025).Select(static i => new CapabilityDefinition($"c{i}"))], []));
        Assert.Throws<InvalidOperationException>(() => CapabilityTable.Create([], [.. Enumerable.Range(0, 1_025).Select(static _ => new CapabilityGrant(null, null, []))]));
    }

    [Fact]
    public void What_was_built_does_not_change_any_more()
    {
        var builder = new CapabilitiesBuilder().Define("files", static files => files.AllowCommands("greet"));
        string[] granted = ["files"];
        builder.GrantToApp("main", granted);
        var table = builder.Build();

        granted[0] = "shop";
        builder.Define("shop").GrantToApp("main", "shop");

        Assert.Equal("capability files\ncommand greet\n", table.Resolve("oriel://app", "main", null)!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("*")]
    [InlineData("f\u0456les")]
    [InlineData("a\"b")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12345")]
    public void A_name_that_does_not_fit_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => new CapabilitiesBuilder().Define(name));
        Assert.Throws<ArgumentException>(() => new CapabilitiesBuilder().GrantToApp(name, "files"));
        Assert.Throws<ArgumentException>(() => new CapabilitiesBuilder().GrantToApp(null, name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("https://*.example.com")]
    [InlineData("https://example.com/")]
    [InlineData("https://example.com/page")]
    [InlineData("https://example.com?x")]
    [InlineData("https://example.com#x")]
    [InlineData("https://user@example.com")]
    [InlineData("https://example.com@evil.example")]
    [InlineData("https://example.com\\evil")]
    [InlineData("https://exa%6dple.com")]
    [InlineData(" https://example.com")]
    [InlineData("example.com")]
    [InlineData("about:blank")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc")]
    public void What_is_no_origin_is_granted_nothing(string origin) =>
        Assert.Throws<ArgumentException>(() => new CapabilitiesBuilder().Define("files").GrantTo(origin, null, "files"));

    private static void AssertGolden(string name, CapabilitiesBuilder builder, params (string Origin, string? Window, string[]? List, bool Bridge)[] documents)
    {
        var table = builder.Build();
        var text = new StringBuilder();
        foreach (var (origin, window, list, bridge) in documents)
        {
            text.Append("# ").Append(origin.Length == 0 ? "(no origin)" : origin).Append(" in ").Append(window ?? "a window without a name");
            text.Append(list is null ? "" : $", which has [{string.Join(", ", list)}]").Append(bridge ? ", loaded with a bridge" : "").Append('\n');
            text.Append(table.Resolve(origin, window, list, bridge)?.ToString() ?? "no bridge\n").Append('\n');
        }

        var file = Path.Join(AppContext.BaseDirectory, "Capabilities", "Golden", $"{name}.txt");
        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", text.ToString());
    }
}
