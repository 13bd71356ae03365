using System.Collections.Concurrent;
using Oriel.Protocols;
using Oriel.Security;

namespace Oriel.Tests;

/// <summary>Origins beside the app's own, and what the windows of each load.</summary>
public sealed class LowerTrustTests : IDisposable
{
    private readonly OrielApp _app;
    private readonly AppOrigin _plugin;
    private readonly Window _own;
    private readonly Window _lower;
    private int _handled;

    public LowerTrustTests()
    {
        var builder = new OrielAppBuilder(static () => throw new NotSupportedException()).ConfigureLogging(static _ => { });
        builder.Capabilities.Define("files").GrantTo("https://example.com", "main", "files").GrantTo("oriel://plugin-x", "main", "files");
        _app = builder.Build();
        _app.Assets.AddText("index.html", "app");
        _plugin = _app.Origins.Add("plugin-x", static assets => assets.AddText("index.html", "plugin"));
        _app.Origins.Add("plugin-y", static assets => assets.AddText("index.html", "other"));
        _app.Protocols.Map("thumbs", _ =>
        {
            Interlocked.Increment(ref _handled);
            return ProtocolResponse.Text("thumb");
        });
        _own = new Window(_app, 1, new WindowOptions());
        _lower = new Window(_app, 2, new WindowOptions { Url = "oriel://plugin-x/" });
    }

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("oriel://plugin-x/index.html", null, 200)]
    [InlineData("oriel://plugin-x/", "oriel://plugin-x", 200)]
    [InlineData("oriel://plugin-x/.oriel/down/0123456789abcdef0123456789abcdef", null, 404)]
    [InlineData("oriel://plugin-x/.oriel/serve/x", null, 404)]
    [InlineData("oriel://plugin-x/missing", null, 404)]
    [InlineData("oriel://plugin-x/index.html", "https://example.com", 403)]
    [InlineData("oriel://plugin-x/index.html", "oriel://app", 403)]
    [InlineData("oriel://plugin-x:81/index.html", null, 403)]
    [InlineData("oriel://plugin-y/index.html", null, 403)]
    [InlineData("oriel://app/index.html", null, 403)]
    [InlineData("oriel://app/index.html", "oriel://app", 403)]
    [InlineData("oriel://app/index.html", "oriel://plugin-x", 403)]
    [InlineData("oriel://app/.oriel/serve/x", null, 403)]
    [InlineData("oriel://app/.oriel/down/0123456789abcdef0123456789abcdef", "oriel://plugin-x", 404)]
    [InlineData("oriel://app./index.html", null, 403)]
    [InlineData("thumbs://x/", null, 403)]
    [InlineData("thumbs://x/", "oriel://app", 403)]
    [InlineData("thumbs://x/", "oriel://plugin-x", 403)]
    public async Task A_window_of_lower_trust_loads_its_own_assets_alone(string address, string? origin, int status)
    {
        Assert.Equal((status, 0), ((await RouteAsync(_lower, address, origin)).Status, _handled));
    }

    [Theory]
    [InlineData("oriel://plugin-x/index.html", null, 404)]
    [InlineData("oriel://plugin-x/index.html", "oriel://app", 404)]
    [InlineData("oriel://app/index.html", "oriel://plugin-x", 403)]
    [InlineData("oriel://app/index.html", null, 200)]
    public async Task A_window_of_the_app_loads_nothing_of_lower_trust(string address, string? origin, int status) =>
        Assert.Equal(status, (await RouteAsync(_own, address, origin)).Status);

    [Fact]
    public async Task An_origin_has_a_policy_of_its_own()
    {
        Assert.DoesNotContain("thumbs:", (await RouteAsync(_lower, "oriel://plugin-x/", null)).Headers["Content-Security-Policy"], StringComparison.Ordinal);

        _plugin.ContentSecurityPolicy = "default-src 'none'";

        Assert.Equal("default-src 'none'", (await RouteAsync(_lower, "oriel://plugin-x/", null)).Headers["Content-Security-Policy"]);
    }

    [Fact]
    public void A_window_belongs_to_the_origin_that_it_begins_with()
    {
        Assert.Null(_own.Home);
        Assert.Same(_plugin, _lower.Home);
        Assert.Null(new Window(_app, 3, new WindowOptions { Url = "oriel://plugin-x:80/" }).Home);
        Assert.Null(new Window(_app, 4, new WindowOptions { Url = "oriel://plugin-x./" }).Home);
        Assert.Null(new Window(_app, 5, new WindowOptions { Url = "https://plugin-x/" }).Home);
    }

    [Fact]
    public void A_window_does_not_go_to_an_origin_of_another_trust()
    {
        Assert.Throws<ArgumentException>(() => _own.LoadUrl("oriel://plugin-x/"));
        Assert.Throws<ArgumentException>(() => _lower.LoadUrl("oriel://app/"));
        Assert.Throws<ArgumentException>(() => _lower.LoadUrl("oriel://plugin-y/"));
    }

    [Fact]
    public void Code_cannot_give_an_origin_of_lower_trust_the_bridge_but_by_capabilities() =>
        Assert.Contains("GrantTo(\"oriel://plugin-x\"", Assert.Throws<ArgumentException>(() => _lower.LoadUrl("oriel://plugin-x/", bridge: true)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("app")]
    [InlineData("plugin-x")]
    [InlineData("Plugin")]
    [InlineData("1a")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a.b")]
    [InlineData("a_b")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a:1")]
    [InlineData("\u0430pp")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefg")]
    public void A_name_that_is_none_or_taken_is_refused(string name) => Assert.Throws<ArgumentException>(() => _app.Origins.Add(name));

    [Fact]
    public void The_number_of_origins_is_bounded()
    {
        for (var i = _app.Origins.All.Count; i < 64; i++)
        {
            _app.Origins.Add($"o{i}");
        }

        Assert.Throws<ArgumentException>(() => _app.Origins.Add("one-more"));
    }

    [Fact]
    public void A_window_with_a_name_or_a_capability_that_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Window(_app, 3, new WindowOptions { Name = "*" }));
        Assert.Throws<ArgumentException>(() => new Window(_app, 3, new WindowOptions { Name = "" }));
        Assert.Contains("\"shop\" is not defined", Assert.Throws<ArgumentException>(() => new Window(_app, 3, new WindowOptions { Capabilities = ["shop"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_cannot_ask_for_a_capability_that_nobody_could_hold() =>
        Assert.Throws<ArgumentException>(() => _app.Commands.MapRaw("x", static _ => ValueTask.CompletedTask, new CommandOptions { Capability = "a b" }));

    private async Task<ProtocolResponse> RouteAsync(Window window, string address, string? origin)
    {
        var responder = new Responder();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (origin is not null)
        {
            headers["Origin"] = origin;
        }

        _app.Router.Route(window, new ProtocolRequest { Address = new Uri(address), Method = "GET", Headers = headers }, responder);
        await Soon.UntilAsync(() => !responder.Responses.IsEmpty);
        return Assert.Single(responder.Responses);
    }

    private sealed class Responder : IProtocolResponder
    {
        public ConcurrentQueue<ProtocolResponse> Responses { get; } = new();

        public void Respond(ProtocolResponse response) => Responses.Enqueue(response);
    }
}
