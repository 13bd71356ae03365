using System.Net;

namespace Oriel.Components.Tests.Serving;

public sealed class ServedBytesTests
{
    [Fact]
    public async Task What_is_published_is_fetched_once_and_by_its_own_browser()
    {
        await using var served = await ServedApp.StartAsync();
        var cookie = await served.EnterAsync();
        using var page = await (await served.ConnectAsync(cookie)).BeginAsync();
        using var content = served.Server.Roster.Sessions.Single().Session.Publish(static () => new MemoryStream([1, 2, 3]), "text/html");

        using var thief = await served.SendAsync(HttpMethod.Get, content.Address, $"Cookie: {await served.EnterAsync()}");
        using var embedded = await served.SendAsync(HttpMethod.Get, content.Address, $"Cookie: {cookie}", "Sec-Fetch-Site: cross-site");
        using var own = await served.SendAsync(HttpMethod.Get, content.Address, $"Cookie: {cookie}");
        using var again = await served.SendAsync(HttpMethod.Get, content.Address, $"Cookie: {cookie}");

        Assert.Equal(HttpStatusCode.NotFound, thief.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, embedded.StatusCode);
        Assert.Equal([1, 2, 3], await own.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("default-src 'none'; sandbox", own.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task What_is_published_goes_with_its_session()
    {
        await using var served = await ServedApp.StartAsync();
        var cookie = await served.EnterAsync();
        using var page = await (await served.ConnectAsync(cookie)).BeginAsync();
        var session = served.Server.Roster.Sessions.Single().Session;
        using var content = session.Publish(static () => new MemoryStream(), "text/plain");

        await session.DisposeAsync();

        using var answer = await served.SendAsync(HttpMethod.Get, content.Address, $"Cookie: {cookie}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void What_is_published_after_the_session_is_not_kept()
    {
        var items = new System.Collections.Concurrent.ConcurrentDictionary<string, ServedContent.Item>();
        var content = new ServedContent("/", "browser", items);
        content.Dispose();

        Assert.Throws<ObjectDisposedException>(() => content.Publish(static () => new MemoryStream(), "text/plain"));

        Assert.Empty(items);
    }

    [Fact]
    public async Task An_upload_that_is_too_long_is_refused()
    {
        await using var served = await ServedApp.StartAsync(new ServeOptions { MaxUploadBytes = 1_000 });
        var cookie = await served.EnterAsync();
        using var page = await (await served.ConnectAsync(cookie)).BeginAsync();

        Assert.Equal(HttpStatusCode.NoContent, await UploadAsync(1_000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await UploadAsync(1_001));

        async Task<HttpStatusCode> UploadAsync(int length)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/_oriel/bytes/{page.Session}/{length}") { Content = new ByteArrayContent(new byte[length]) };
            request.Headers.Add("Cookie", cookie);
            request.Headers.Add("Origin", served.Origin);
            using var answer = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }
}
