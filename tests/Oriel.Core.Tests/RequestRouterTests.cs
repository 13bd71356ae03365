using System.Collections.Concurrent;
using System.Text;
using Oriel.Assets;
using Oriel.Protocols;
using Oriel.Testing;

namespace Oriel.Tests;

public sealed class RequestRouterTests : IDisposable
{
    private readonly OrielApp _app = new OrielAppBuilder(static () => throw new NotSupportedException()).ConfigureLogging(static _ => { }).Build();
    private readonly Window _window;
    private int _handled;

    public RequestRouterTests()
    {
        _window = new Window(_app, 1, new WindowOptions());
        _app.Assets.AddText("index.html", "<p>");
        _app.Assets.AddText("image.svg", "<svg/>");
        _app.Assets.AddText("a.css", "");
        _app.Protocols.Map("thumbs", _ =>
        {
            Interlocked.Increment(ref _handled);
            return ProtocolResponse.Text("thumb");
        });
    }

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("GET", null, null, 200)]
    [InlineData("HEAD", null, null, 200)]
    [InlineData("GET", "oriel://app", null, 200)]
    [InlineData("POST", "oriel://app", null, 200)]
    [InlineData("GET", null, "oriel://app/index.html", 200)]
    [InlineData("POST", null, null, 403)]
    [InlineData("PUT", null, null, 403)]
    [InlineData("DELETE", null, "oriel://app/", 403)]
    [InlineData("OPTIONS", null, null, 403)]
    [InlineData("get", null, null, 403)]
    [InlineData("GET", "null", null, 403)]
    [InlineData("GET", "", null, 403)]
    [InlineData("GET", "https://evil.example", null, 403)]
    [InlineData("GET", "https://evil.example", "oriel://app/", 403)]
    [InlineData("GET", "oriel://app.evil", null, 403)]
    [InlineData("GET", "oriel://app/", null, 403)]
    [InlineData("GET", "ORIEL://APP", null, 403)]
    [InlineData("GET", "oriel://app oriel://app", null, 403)]
    [InlineData("GET", null, "https://evil.example/", 403)]
    [InlineData("GET", null, "oriel://app.evil/", 403)]
    [InlineData("GET", null, "https://evil.example/oriel://app/", 403)]
    [InlineData("GET", null, "oriel://app@evil/", 403)]
    [InlineData("GET", null, "", 403)]
    [InlineData("GET", null, "about:blank", 403)]
    public async Task Only_the_app_reaches_its_schemes(string method, string? origin, string? referer, int status)
    {
        var response = await RouteAsync("thumbs://x/1", method, Headers(("Origin", origin), ("Referer", referer)));

        Assert.Equal((status, status == 200 ? 1 : 0), (response.Status, _handled));
    }

    [Theory]
    [InlineData("GET", null, 200)]
    [InlineData("HEAD", null, 200)]
    [InlineData("GET", "oriel://app", 200)]
    [InlineData("POST", "oriel://app", 405)]
    [InlineData("DELETE", null, 405)]
    [InlineData("GET", "null", 403)]
    [InlineData("GET", "https://evil.example", 403)]
    [InlineData("GET", "thumbs://x", 403)]
    public async Task Only_the_app_loads_its_assets(string method, string? origin, int status) =>
        Assert.Equal(status, (await RouteAsync("oriel://app/index.html", method, Headers(("Origin", origin)))).Status);

    [Theory]
    [InlineData("oriel://app/missing.html", 404)]
    [InlineData("oriel://app/%252e%252e/index.html", 404)]
    [InlineData("oriel://app/.oriel/down/0123456789abcdef0123456789abcdef", 404)]
    [InlineData("oriel://app/.oriel/down/", 404)]
    [InlineData("oriel://app/.oriel/", 404)]
    [InlineData("oriel://evil/index.html", 404)]
    [InlineData("oriel://app.evil/index.html", 404)]
    [InlineData("unknown://x/", 404)]
    [InlineData("oriel://app/", 200)]
    public async Task What_is_not_there_is_not_found(string address, int status) => Assert.Equal(status, (await RouteAsync(address, "GET")).Status);

    [Fact]
    public async Task Every_answer_is_hardened()
    {
        foreach (var address in new[] { "oriel://app/index.html", "oriel://app/missing", "thumbs://x/1" })
        {
            var response = await RouteAsync(address, "GET", Headers(("Origin", "oriel://app")));

            Assert.Equal(("nosniff", "no-store", "oriel://app"), (response.Headers["X-Content-Type-Options"], response.Headers["Cache-Control"], response.Headers["Access-Control-Allow-Origin"]));
        }
    }

    [Fact]
    public async Task Documents_have_the_policy_and_style_sheets_have_none()
    {
        Assert.Contains("script-src 'self'", (await RouteAsync("oriel://app/index.html", "GET")).Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("thumbs:", (await RouteAsync("oriel://app/image.svg", "GET")).Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.False((await RouteAsync("oriel://app/a.css", "GET")).Headers.ContainsKey("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_header_that_would_end_its_line_is_left_out()
    {
        _app.Protocols.Map("odd", static _ => new ProtocolResponse
        {
            ContentType = "text/plain\r\nSet-Cookie: a=b",
            Headers = new Dictionary<string, string> { ["X-Good"] = "1", ["X-Bad"] = "1\r\nX-Evil: 1", ["X-Bad2\n"] = "1", ["X-Bad3"] = "\0", ["X:Bad"] = "1" },
        });
        var response = await RouteAsync("odd://x/", "GET");

        Assert.Equal(["Cache-Control", "X-Content-Type-Options", "X-Good"], response.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("application/octet-stream", response.ContentType);
    }

    [Fact]
    public async Task A_handler_that_fails_is_an_error_without_its_text()
    {
        _app.Protocols.Map("throws", (ProtocolHandler)(static _ => throw new FormatException("secret")));
        _app.Protocols.Map("fails", static async _ =>
        {
            await Task.Yield();
            throw new FormatException("secret");
        });
        _app.Protocols.Map("nothing", (ProtocolHandler)(static _ => ValueTask.FromResult<ProtocolResponse>(null!)));

        foreach (var scheme in new[] { "throws", "fails", "nothing" })
        {
            var response = await RouteAsync($"{scheme}://x/", "GET");
            Assert.Equal(500, response.Status);
            Assert.DoesNotContain("secret", Encoding.UTF8.GetString(response.Bytes.Span), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_source_that_throws_is_an_error_of_its_request(bool isImmediate)
    {
        _app.Assets.Add(new BrokenSource(isImmediate));

        Assert.Equal(500, (await RouteAsync("oriel://app/any.html", "GET")).Status);
        Assert.Equal(200, (await RouteAsync("oriel://app/index.html", "GET")).Status);
    }

    [Fact]
    public async Task The_single_page_stands_in_for_addresses_without_an_extension()
    {
        _app.Assets.SinglePageFallback = "index.html";

        Assert.Equal(200, (await RouteAsync("oriel://app/users/5", "GET")).Status);
        Assert.Equal(404, (await RouteAsync("oriel://app/missing.js", "GET")).Status);
        Assert.Equal(404, (await RouteAsync("oriel://app/%2e%2e%2fusers", "GET")).Status);
    }

    [Theory]
    [InlineData("GET", null, null, 200)]
    [InlineData("GET", "oriel://app", null, 200)]
    [InlineData("GET", null, "oriel://app/index.html", 200)]
    [InlineData("HEAD", null, null, 200)]
    [InlineData("POST", null, null, 405)]
    [InlineData("GET", "null", null, 403)]
    [InlineData("GET", "https://example.org", null, 403)]
    [InlineData("GET", "oriel://app.evil", null, 403)]
    [InlineData("GET", null, "https://example.org/page", 403)]
    [InlineData("GET", null, "oriel://app@evil/", 403)]
    public async Task Served_content_is_for_the_window_s_own_document(string method, string? origin, string? referer, int status)
    {
        using var content = _app.Serve("folder/a.png", new byte[] { 1, 2, 3 }, "image/png");

        var response = await RouteAsync("oriel://app" + content.Url, method, Headers(("Origin", origin), ("Referer", referer)));

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task Served_content_has_no_rights_as_a_page()
    {
        using var content = _app.Serve("a.svg", "<svg/>"u8.ToArray(), "image/svg+xml");

        var response = await RouteAsync("oriel://app/.oriel/serve/a.svg", "GET");

        Assert.Equal(("default-src 'none'; sandbox", "nosniff"), (response.Headers["Content-Security-Policy"], response.Headers["X-Content-Type-Options"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a%2e")]
    [InlineData("a\\b")]
    [InlineData("a?b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("taken")]
    public void A_key_that_is_none_or_taken_is_refused(string key)
    {
        using var taken = _app.Serve("taken", new byte[1], "a/b");

        Assert.Throws<ArgumentException>(() => _app.Serve(key, new byte[1], "a/b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b\r\nX-Evil: 1")]
    [InlineData("a/b\n")]
    [InlineData("a\0b")]
    public void A_media_type_that_is_none_is_refused(string mediaType) =>
        Assert.Throws<ArgumentException>(() => _app.Serve("key", new byte[1], mediaType));

    [Fact]
    public void A_key_can_be_used_again_when_its_content_is_disposed_and_the_old_one_does_not_end_the_new()
    {
        var old = _app.Serve("key", new byte[1], "a/b");
        old.Dispose();
        using var other = _app.Serve("key", new byte[1], "a/b");
        old.Dispose();

        Assert.Throws<ArgumentException>(() => _app.Serve("key", new byte[1], "a/b"));
    }

    [Fact]
    public async Task A_range_of_the_page_is_there_without_a_thread_of_the_pool()
    {
        await using var host = await AppHost.StartAsync(static () => new HeadlessEngine(), setup: static app => app.Assets.AddText("index.html", "<p>")).InTime();
        var page = await host.OpenPageAsync().InTime();
        await page.Ready.InTime();
        var window = Assert.Single(host.App.Windows);
        var body = window.FindBodies(page.BodyFolder.Split('/')[^2])!.Claim(new BodyReference(1, null));

        host.App.Router.Route(
            window,
            new ProtocolRequest { Address = new Uri($"{page.BodyFolder}1?offset=0&last=1"), Method = "POST", Headers = Headers(("Origin", "oriel://app")), BodySource = static () => new MemoryStream([7]) },
            new Responder());

        Assert.True(body.ReadAsync(new byte[1]).AsTask().IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Without_a_document_there_are_no_bodies_and_a_stranger_s_is_not_opened(string method)
    {
        var responder = new Responder();
        _app.Router.Route(
            _window,
            new ProtocolRequest { Address = new Uri("oriel://app/.oriel/body/0123456789abcdef0123456789abcdef/1"), Method = method, Headers = new Dictionary<string, string>(), BodySource = static () => throw new InvalidOperationException("Opened.") },
            responder);
        await Soon.UntilAsync(() => !responder.Responses.IsEmpty);

        Assert.Equal(404, Assert.Single(responder.Responses).Status);
    }

    [Theory]
    [InlineData("thumbs2")]
    [InlineData("a+b-c.d")]
    public void A_scheme_of_ones_own_can_be_mapped(string scheme)
    {
        _app.Protocols.Map(scheme, static _ => ProtocolResponse.Text(""));

        Assert.Contains(scheme, _app.Protocols.Schemes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("oriel")]
    [InlineData("http")]
    [InlineData("https")]
    [InlineData("file")]
    [InlineData("javascript")]
    [InlineData("Thumbs")]
    [InlineData("1a")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a:")]
    [InlineData("a;script-src *")]
    [InlineData("ä")]
    [InlineData("thumbs")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefg")]
    public void A_scheme_that_is_none_or_taken_is_refused(string scheme) =>
        Assert.Throws<ArgumentException>(() => _app.Protocols.Map(scheme, static _ => ProtocolResponse.Text("")));

    [Fact]
    public void A_scheme_that_comes_too_late_is_refused()
    {
        _app.Protocols.Freeze();

        Assert.Throws<InvalidOperationException>(() => _app.Protocols.Map("late", static _ => ProtocolResponse.Text("")));
    }

    private static Dictionary<string, string> Headers(params (string Name, string? Value)[] headers) =>
        headers.Where(static header => header.Value is not null).ToDictionary(static header => header.Name, static header => header.Value!, StringComparer.OrdinalIgnoreCase);

    private async Task<ProtocolResponse> RouteAsync(string address, string method, Dictionary<string, string>? headers = null)
    {
        var responder = new Responder();
        _app.Router.Route(_window, new ProtocolRequest { Address = new Uri(address), Method = method, Headers = headers ?? [] }, responder);
        await Soon.UntilAsync(() => !responder.Responses.IsEmpty);
        return Assert.Single(responder.Responses);
    }

    private sealed class Responder : IProtocolResponder
    {
        public ConcurrentQueue<ProtocolResponse> Responses { get; } = new();

        public void Respond(ProtocolResponse response) => Responses.Enqueue(response);
    }

    private sealed class BrokenSource(bool isImmediate) : IAssetSource
    {
        public bool IsImmediate => isImmediate;

        public Asset? Open(string path) => throw new IOException("The disk is gone.");
    }
}
