using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Oriel.Components.Tests.Serving;

public sealed class ConnectionTests
{
    private const int Refused = 1008;
    private const int Gone = 4000;
    private const int Full = 4003;

    [Fact]
    public async Task Two_browsers_have_trees_of_their_own()
    {
        await using var served = await ServedApp.StartAsync();
        using var one = await served.OpenAsync();
        using var other = await served.OpenAsync();

        await one.ClickAsync();
        await one.ShowsAsync(1);
        await one.ClickAsync();
        await one.ShowsAsync(2);
        await other.ClickAsync();

        await other.ShowsAsync(1);
    }

    [Fact]
    public async Task A_page_that_comes_back_gets_what_it_missed_and_its_events_count_once()
    {
        await using var served = await ServedApp.StartAsync();
        var cookie = await served.EnterAsync();
        var page = await (await served.ConnectAsync(cookie)).BeginAsync();
        var applied = page.Applied;
        await page.ClickAsync(1);
        await page.ShowsAsync(1);
        page.Socket.Abort();
        page.Dispose();

        using var back = await served.ConnectAsync(cookie);
        await back.ResumeAsync(page.Session, applied);
        var resumed = await back.ReadAsync();
        Assert.Equal("""["resumed",1]""", resumed.ToJsonString());
        await back.ShowsAsync(1);
        await back.ClickAsync(1);
        await back.ClickAsync(2);

        await back.ShowsAsync(2);
    }

    [Fact]
    public async Task Another_browser_cannot_go_on_with_a_session()
    {
        await using var served = await ServedApp.StartAsync();
        using var page = await served.OpenAsync();
        using var thief = await served.ConnectAsync(await served.EnterAsync());

        await thief.ResumeAsync(page.Session, page.Applied);

        Assert.Equal(Gone, await thief.ReadEndAsync());
        await page.ClickAsync();
        await page.ShowsAsync(1);
    }

    [Fact]
    public async Task Another_browser_cannot_send_bytes_to_a_session()
    {
        await using var served = await ServedApp.StartAsync();
        using var page = await served.OpenAsync();

        using var answer = await served.SendAsync(HttpMethod.Post, $"/_oriel/bytes/{page.Session}/1", $"Cookie: {await served.EnterAsync()}", $"Origin: {served.Origin}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_waits_no_longer_than_it_is_told_to()
    {
        await using var served = await ServedApp.StartAsync(new ServeOptions { ResumeTime = TimeSpan.Zero });
        var cookie = await served.EnterAsync();
        using var page = await (await served.ConnectAsync(cookie)).BeginAsync();
        var session = served.Server.Roster.Sessions.Single().Session;

        page.Socket.Abort();
        await session.Disposed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        using var back = await served.ConnectAsync(cookie);
        await back.ResumeAsync(page.Session, page.Applied);
        Assert.Equal(Gone, await back.ReadEndAsync());
    }

    [Fact]
    public async Task A_page_that_is_closed_leaves_nothing()
    {
        await using var served = await ServedApp.StartAsync();
        using var page = await served.OpenAsync();
        var session = served.Server.Roster.Sessions.Single().Session;

        await page.Socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, TestContext.Current.CancellationToken);

        await session.Disposed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task No_more_pages_are_served_than_may_be_and_a_place_that_is_left_is_free()
    {
        await using var served = await ServedApp.StartAsync(new ServeOptions { MaxSessionsPerAddress = 2, ResumeTime = TimeSpan.Zero });
        var cookie = await served.EnterAsync();
        using var one = await (await served.ConnectAsync(cookie)).BeginAsync();

        using var other = await (await served.ConnectAsync(cookie)).BeginAsync();
        using var refused = await served.ConnectAsync(cookie);
        await refused.SendAsync($$"""["start",{"url":"{{served.Origin}}/","scheme":"light"}]""");
        Assert.Equal(Full, await refused.ReadEndAsync());

        var session = served.Server.Roster.Sessions.Single(session => session.Session.Id == one.Session).Session;
        one.Socket.Abort();
        await session.Disposed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Until(async () =>
        {
            using var page = await served.ConnectAsync(cookie);
            await page.SendAsync($$"""["start",{"url":"{{served.Origin}}/","scheme":"light"}]""");
            return await page.TryReadAsync() is not null;
        });
    }

    [Fact]
    public async Task Those_who_say_nothing_are_no_more_than_may_be_and_take_nobody_s_place()
    {
        await using var served = await ServedApp.StartAsync(new ServeOptions { MaxSessionsPerAddress = 1 });
        var cookie = await served.EnterAsync();
        using var silent = await served.ConnectAsync(cookie);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await served.TryConnectAsync(cookie, served.Origin)).Status);
        using var page = await silent.BeginAsync();
    }

    [Fact]
    public async Task All_pages_come_back_when_their_connections_broke_at_once_and_every_place_is_taken()
    {
        await using var served = await ServedApp.StartAsync(new ServeOptions { MaxSessionsPerAddress = 1 });
        var cookie = await served.EnterAsync();
        using var page = await (await served.ConnectAsync(cookie)).BeginAsync();
        page.Socket.Abort();

        using var back = await served.ConnectAsync(cookie);
        await back.ResumeAsync(page.Session, page.Applied);

        Assert.Equal("""["resumed",0]""", (await back.ReadAsync()).ToJsonString());
    }

    [Fact]
    public async Task A_session_whose_time_is_over_is_gone_for_who_has_just_found_it()
    {
        await using var served = await ServedApp.StartAsync();
        using var page = await served.OpenAsync();
        var session = served.Server.Roster.Sessions.Single();

        await session.DisposeAsync();

        Assert.False(session.TryAttach(null!, 0, out _));
    }

    [Fact]
    public async Task A_page_that_asks_whether_anybody_is_there_is_answered()
    {
        await using var served = await ServedApp.StartAsync();
        using var page = await served.OpenAsync();
        await page.ClickAsync(1);
        await page.ShowsAsync(1);

        await page.SendAsync("""["probe"]""");

        Assert.Equal("""["received",1]""", (await page.ReadAsync()).ToJsonString());
        await page.ClickAsync(2);
        await page.ShowsAsync(2);
    }

    [Fact]
    public async Task A_browser_sends_messages_of_16_MiB_though_windows_send_longer_ones()
    {
        await using var served = await ServedApp.StartAsync();
        using var page = await served.ConnectAsync(await served.EnterAsync());
        await page.SendAsync($$"""["start",{"url":"{{served.Origin}}/","scheme":"light"}]""");

        Assert.Equal(16 * 1024 * 1024, (int)(await page.ReadAsync("hello"))[3]!["maxMessage"]!);
    }

    [Fact]
    public void Messages_that_wait_for_one_that_is_missing_hold_no_more_than_one_may_have()
    {
        var inbox = new Inbox(static (_, _) => { }, maxHeldBytes: 100);
        var text = new string('x', 60);
        _ = inbox.Take(UpMessage.Parse(Encoding.UTF8.GetBytes($"""[2,0,"ack","{text}"]""")), null);

        Assert.Throws<PageProtocolException>(() => { _ = inbox.Take(UpMessage.Parse(Encoding.UTF8.GetBytes($"""[3,0,"ack","{text}"]""")), null); });
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1,0,\"ack\"]")]
    [InlineData("[\"start\"]")]
    [InlineData("[\"start\",null]")]
    [InlineData("[\"start\",{}]")]
    [InlineData("[\"start\",{\"url\":1}]")]
    [InlineData("[\"start\",{\"url\":\"http://evil.example/\"}]")]
    [InlineData("[\"start\",{\"url\":\"\\ud800\"}]")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]")]
    public async Task Who_does_not_begin_as_a_page_does_is_sent_away(string first)
    {
        await using var served = await ServedApp.StartAsync();
        using var peer = await served.ConnectAsync(await served.EnterAsync());

        await peer.SendAsync(first);

        Assert.Equal(Refused, await peer.ReadEndAsync());
    }

    [Fact]
    public async Task Binary_messages_are_refused()
    {
        await using var served = await ServedApp.StartAsync();
        using var peer = await served.ConnectAsync(await served.EnterAsync());

        await peer.Socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);

        Assert.Equal(Refused, await peer.ReadEndAsync());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[1]")]
    [InlineData("[1,99,\"ack\"]")]
    [InlineData("[1,0,\"no such kind\"]")]
    public async Task A_session_that_is_sent_nonsense_ends_and_no_other(string message)
    {
        await using var served = await ServedApp.StartAsync();
        using var bad = await served.OpenAsync();
        using var good = await served.OpenAsync();

        await bad.SendAsync(message);

        Assert.Equal(4001, await bad.ReadEndAsync());
        await good.ClickAsync();
        await good.ShowsAsync(1);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_and_the_page_goes_on()
    {
        await using var served = await ServedApp.StartAsync<Counter>(configure: static options => options.Limits = new Ipc.IpcLimits { MaxMessageBytes = 64 * 1024 });
        using var page = await served.OpenAsync();

        await page.SendAsync($"""[1,{page.Applied},"event","{new string('x', 100_000)}"]""");
        var refused = await page.ReadAsync("refused");
        await page.ClickAsync(2);

        Assert.Equal(1, (long)refused[3]!);
        await page.ShowsAsync(1);
    }

    [Fact]
    public async Task Who_connects_and_says_nothing_is_sent_away()
    {
        await using var served = await ServedApp.StartAsync(new ServeOptions { SilenceTimeout = TimeSpan.FromSeconds(1) });
        using var peer = await served.ConnectAsync(await served.EnterAsync());

        Assert.NotEqual(4001, await peer.ReadEndAsync());
        Assert.NotEqual(WebSocketState.Open, peer.Socket.State);
    }

    [Fact]
    public async Task A_peer_that_answers_no_ping_is_given_up()
    {
        await using var served = await ServedApp.StartAsync(new ServeOptions { SilenceTimeout = TimeSpan.FromSeconds(2) });
        var cookie = await served.EnterAsync();
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", served.Server.Address.Port, TestContext.Current.CancellationToken);
        var stream = tcp.GetStream();
        var authority = served.Server.Address.Authority;
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /_oriel/socket HTTP/1.1\r\nHost: {authority}\r\nOrigin: {served.Origin}\r\nCookie: {cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"), TestContext.Current.CancellationToken);
        await stream.WriteAsync(Masked($$"""["start",{"url":"{{served.Origin}}/","scheme":"light"}]"""), TestContext.Current.CancellationToken);

        // Pings come, and the stream ends because nothing answers them.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var received = new MemoryStream();
        var buffer = new byte[4096];
        int count;
        while ((count = await ReadAsync(stream, buffer, limit.Token)) > 0)
        {
            received.Write(buffer, 0, count);
        }

        Assert.StartsWith("HTTP/1.1 101", Encoding.ASCII.GetString(received.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_reads_nothing_holds_up_itself_alone()
    {
        await using var served = await ServedApp.StartAsync<Flood>();
        using var slow = await served.ConnectAsync(await served.EnterAsync());
        await slow.SendAsync($$"""["start",{"url":"{{served.Origin}}/","scheme":"light"}]""");
        using var other = await served.OpenAsync();

        for (var i = 0; i < 20; i++)
        {
            await other.ClickAsync();
            await other.ReadFrameAsync();
        }

        Assert.Equal(2, served.Server.Roster.Sessions.Count);
    }

    private static async Task<int> ReadAsync(NetworkStream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static byte[] Masked(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        return [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
