using System.Net;
using System.Net.Http.Headers;

namespace Oriel.Components.Tests.Serving;

public sealed class AccessTests
{
    [Fact]
    public async Task The_token_is_taken_for_a_cookie_and_leaves_the_address()
    {
        await using var served = await ServedApp.StartAsync();

        using var answer = await served.Client.GetAsync($"/todo?token={served.Server.Address.Query["?token=".Length..]}&page=2", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/todo?page=2", answer.Headers.Location!.OriginalString);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(served.Server.Address.Query["?token=".Length..], cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_has_256_random_bits()
    {
        await using var one = await ServedApp.StartAsync();
        await using var other = await ServedApp.StartAsync();

        Assert.Matches("^\\?token=[0-9a-f]{64}$", one.Server.Address.Query);
        Assert.NotEqual(one.Server.Address.Query, other.Server.Address.Query);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?token=")]
    [InlineData("/?token=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/todo/5")]
    [InlineData("/css/app.css")]
    public async Task Without_the_token_nothing_is_shown(string path)
    {
        await using var served = await ServedApp.StartAsync();

        using var answer = await served.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("oriel-socket", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_that_was_not_made_here_is_none()
    {
        await using var served = await ServedApp.StartAsync();
        await using var other = await ServedApp.StartAsync();
        var cookie = await served.EnterAsync();
        var name = cookie.Split('=')[0];
        string[] forged = [$"{name}={(await other.EnterAsync()).Split('=')[1]}", cookie[..^1] + (cookie[^1] == '0' ? '1' : '0'), cookie[..^2], $"{name}={new string('0', 96)}", $"{name}={new string('z', 96)}"];

        foreach (var wrong in forged)
        {
            using var answer = await served.SendAsync(HttpMethod.Get, "/", $"Cookie: {wrong}");
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example:{port}", HttpStatusCode.MisdirectedRequest)]
    [InlineData("evil.example:{port}", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1:1", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.2:{port}", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1:{port}", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:{port}", HttpStatusCode.OK)]
    [InlineData("tools.example", HttpStatusCode.OK)]
    [InlineData("tools.example:8443", HttpStatusCode.OK)]
    [InlineData("sub.tools.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Only_hosts_that_are_known_are_served(string host, HttpStatusCode status)
    {
        await using var served = await ServedApp.StartAsync(new ServeOptions { AllowedHosts = ["tools.example"] });
        var cookie = await served.EnterAsync();

        foreach (var path in (string[])["/", "/.oriel/ui/components.js"])
        {
            using var answer = await served.SendAsync(HttpMethod.Get, path, $"Cookie: {cookie}", $"Host: {host.Replace("{port}", $"{served.Server.Address.Port}", StringComparison.Ordinal)}");
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("http://evil.example")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("https://127.0.0.1:{port}")]
    [InlineData("http://127.0.0.1:{port}.evil.example")]
    [InlineData("http://evil.example@127.0.0.1:{port}")]
    [InlineData("http://localhost:{port}")]
    public async Task A_page_of_another_origin_cannot_connect_or_send(string? origin)
    {
        await using var served = await ServedApp.StartAsync();
        var cookie = await served.EnterAsync();
        var sent = origin?.Replace("{port}", $"{served.Server.Address.Port}", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, (await served.TryConnectAsync(cookie, sent)).Status);
        using var posted = await served.SendAsync(HttpMethod.Post, $"/_oriel/bytes/{new string('0', 32)}/1", [$"Cookie: {cookie}", .. sent is null ? (string[])[] : [$"Origin: {sent}"]]);
        Assert.Equal(HttpStatusCode.Forbidden, posted.StatusCode);
    }

    [Fact]
    public async Task A_rebound_name_cannot_connect_although_host_and_origin_agree()
    {
        await using var served = await ServedApp.StartAsync();
        var host = $"evil.example:{served.Server.Address.Port}";

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await served.TryConnectAsync(await served.EnterAsync(), $"http://{host}", host)).Status);
    }

    [Fact]
    public async Task An_origin_that_is_named_may_connect()
    {
        await using var served = await ServedApp.StartAsync(new ServeOptions { AllowedOrigins = ["https://tools.example"] });

        var (page, _) = await served.TryConnectAsync(await served.EnterAsync(), "https://tools.example");

        using (page)
        {
            Assert.NotNull(page);
        }
    }

    [Fact]
    public async Task Without_the_cookie_nobody_connects()
    {
        await using var served = await ServedApp.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await served.TryConnectAsync(null, served.Origin)).Status);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PATCH")]
    [InlineData("PROPFIND")]
    public async Task Other_methods_are_refused(string method)
    {
        await using var served = await ServedApp.StartAsync();

        using var answer = await served.SendAsync(new HttpMethod(method), "/", $"Cookie: {await served.EnterAsync()}");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_is_nobody_elses_to_frame_to_sniff_or_to_keep()
    {
        await using var served = await ServedApp.StartAsync();

        using var answer = await served.SendAsync(HttpMethod.Get, "/", $"Cookie: {await served.EnterAsync()}");

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains($"connect-src 'self' ws://127.0.0.1:{served.Server.Address.Port}", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd.txt")]
    [InlineData("/..%2f..%2fetc/passwd.txt")]
    [InlineData("/%252e%252e/etc/passwd.txt")]
    [InlineData("/a%5c..%5cb.txt")]
    [InlineData("/.oriel/ui/%2e%2e/app.dll")]
    public async Task A_path_leads_nowhere_but_to_assets(string path)
    {
        await using var served = await ServedApp.StartAsync();

        using var answer = await served.SendAsync(HttpMethod.Get, path, $"Cookie: {await served.EnterAsync()}");

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task The_script_that_shows_components_is_served_and_not_sent_twice()
    {
        await using var served = await ServedApp.StartAsync();

        using var answer = await served.SendAsync(HttpMethod.Get, "/.oriel/ui/components.js");
        using var again = await served.SendAsync(HttpMethod.Get, "/.oriel/ui/components.js", $"If-None-Match: {answer.Headers.ETag}");

        Assert.Equal(new MediaTypeHeaderValue("text/javascript", "utf-8"), answer.Content.Headers.ContentType);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        await using var served = await ServedApp.StartAsync();

        using var answer = await served.SendAsync(HttpMethod.Get, "/", $"X-Long: {new string('x', 20_000)}");

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_server_that_others_can_reach_says_so()
    {
        await using var served = await ServedApp.StartAsync(new ServeOptions { Address = "http://0.0.0.0:0" });
        await using var quiet = await ServedApp.StartAsync();

        Assert.Contains(served.Log.Lines, static line => line.Contains("other machines can reach", StringComparison.Ordinal));
        Assert.DoesNotContain(quiet.Log.Lines, static line => line.Contains("other machines can reach", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1:5005")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://example.org:5005")]
    [InlineData("http://127.0.0.1:0/path")]
    public async Task An_address_that_cannot_be_served_at_is_refused_with_an_example(string address)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => ServedApp.StartAsync(new ServeOptions { Address = address }));

        Assert.Contains("http://127.0.0.1:5005", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_use_says_what_to_do()
    {
        await using var served = await ServedApp.StartAsync();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => ServedApp.StartAsync(new ServeOptions { Address = served.Origin }));

        Assert.Contains("Choose another address", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("a token that has spaces in it and is long enough")]
    public async Task A_token_that_can_be_guessed_is_refused(string token) =>
        await Assert.ThrowsAsync<ArgumentException>(() => ServedApp.StartAsync(new ServeOptions { Token = token }));
}
