using System.Buffers;
using System.Runtime.Versioning;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>Peers that send and never read, or read and never answer: what they may cost.</summary>
[Collection(CountedResources.Name)]
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
public sealed class NeverReadingPeerTests : IDisposable
{
    private const long Megabyte = 1024 * 1024;

    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(200);

    private readonly TemporaryFolder _folder = new();

    private LocalSocketAddress Address => LocalSocketAddress.Parse(Path.Combine(_folder.Path, "s.sock"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pings", """{"type":"ping","id":"1","data":"0123456789012345678901234567890123456789"}""", false)]
    [InlineData("unknown methods", """{"type":"request","id":"1","method":"nothing"}""", false)]
    [InlineData("requests", """{"type":"request","id":"1","method":"echo","data":"0123456789012345678901234567890123456789"}""", false)]
    [InlineData("requests that are answered where they are read", """{"type":"request","id":"1","method":"echo","data":"0123456789012345678901234567890123456789"}""", true)]
    [InlineData("streams that nobody takes", """{"type":"request","id":"1","method":"echo","credit":1024,"data":"0123456789"}""", false)]
    [InlineData("offers", """{"type":"ready","data":{"handlers":["a"],"wire":["bin1"]}}""", false)]
    public async Task A_flood_by_one_who_never_reads_is_held_back(string what, string line, bool inline)
    {
        const int MaxRequests = 500;
        await using var victim = new Victim(new LocalSocketOptions { Linger = Linger }, new IpcPeerOptions { Limits = new IpcLimits { MaxRequestsInFlight = MaxRequests } }, inline);
        using var attacker = victim.Attack();
        var peer = await victim.PeerAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0;
        var flood = Utf8(string.Concat(Enumerable.Repeat(line + "\n", 2_000)));

        // Until it takes nothing for a while: it waits for us, or would take everything for ever.
        var (stuckSince, sent) = (Environment.TickCount64, 0L);
        while (sent < 32 * Megabyte && Environment.TickCount64 - stuckSince < 150)
        {
            var left = 2_000;
            var count = attacker.Flood(flood, () => --left < 0);
            sent += count;
            stuckSince = count > 0 ? Environment.TickCount64 : stuckSince;
            most = Math.Max(most, peer.RequestsInFlight);
        }

        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        await victim.AssertServesOthersAsync();
        var closing = System.Diagnostics.Stopwatch.StartNew();
        await peer.DisposeAsync().AsTask().InTime();

        Assert.True(held < 24 * Megabyte, $"{what}: {held:N0} bytes held after {sent:N0}.");
        Assert.InRange(most, 0, MaxRequests + 1);
        Assert.InRange(closing.Elapsed, TimeSpan.Zero, Soon.Limit / 2);
    }

    [Fact]
    public async Task Large_requests_under_way_are_bounded_by_their_bytes()
    {
        await using var victim = new Victim(new LocalSocketOptions { Linger = Linger }, new IpcPeerOptions { Limits = new IpcLimits { MaxBytesInFlight = 8 * (int)Megabyte } });
        using var attacker = victim.Attack();
        var peer = await victim.PeerAsync();
        var data = new string('x', (int)Megabyte);

        for (var i = 0; i < 20; i++)
        {
            attacker.Send($"{{\"type\":\"request\",\"id\":\"{i}\",\"method\":\"wait\",\"data\":\"{data}\"}}\n");
        }

        var refused = attacker.ReadLine();
        Assert.Contains($"\"error\":{{\"code\":{(int)IpcErrorCode.Busy}", refused, StringComparison.Ordinal);
        Assert.InRange(peer.RequestsInFlight, 1, 8);
    }

    [Fact]
    public async Task A_shutdown_waits_its_time_for_one_who_never_reads_and_says_so()
    {
        await using var pair = await SocketPair.CreateAsync(Address, new LocalSocketOptions { Linger = Linger });
        var waiting = Fill(pair.Server);
        pair.Server.Shutdown();
        await pair.Server.Closed.InTime();

        await Assert.ThrowsAsync<IpcException>(() => waiting.InTime());
        Assert.Equal((int)IpcErrorCode.Timeout, pair.Server.Error?.Code);
    }

    // Each held its message: a program that asks a stuck peer again and again grew with every call.
    [Fact]
    public async Task Requests_that_were_given_up_leave_nothing_behind_while_the_peer_does_not_read()
    {
        await using var pair = await SocketPair.CreateAsync(Address, new LocalSocketOptions { Linger = Linger });
        await using var client = new IpcPeer(pair.Client, new IpcPeerOptions());
        client.Start();
        var waiting = Fill(pair.Client);

        List<WeakReference> payloads = [];
        for (var i = 0; i < 1_000; i++)
        {
            payloads.Add(await GiveUpAsync(client));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(payloads.Count(static payload => payload.IsAlive), 0, 750);
        Assert.Equal(0, client.AnswersAwaited);
        Assert.False(waiting.IsCompleted);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<IpcException>(() => waiting.InTime());
    }

    [Fact]
    public async Task A_handler_that_calls_back_while_many_large_events_wait_gets_its_answer()
    {
        var limits = new IpcLimits { MaxMessageBytes = 100_000, MaxQueuedEvents = 1_000 };
        await using var pair = await SocketPair.CreateAsync(Address, new LocalSocketOptions { Limits = limits, Linger = Linger });
        var answered = new TaskCompletionSource<string>();
        var flooded = new TaskCompletionSource();
        IpcPeer? server = null;
        var first = 1;
        server = new IpcPeer(pair.Server, new IpcPeerOptions
        {
            Limits = limits,
            OnEvent = async (_, _) =>
            {
                if (Interlocked.Exchange(ref first, 0) == 1)
                {
                    // By then the queue is full of the others.
                    await flooded.Task;
                    answered.SetResult(Text(await server!.RequestAsync("back", Utf8("1"), Soon.Limit)));
                }
            },
        });
        await using var client = new IpcPeer(pair.Client, new IpcPeerOptions
        {
            Route = static _ => new IpcRoute(static call =>
            {
                call.Result.Write("\"answer\""u8);
                return ValueTask.CompletedTask;
            }),
        });
        server.Start();
        client.Start();

        for (var i = 0; i < 18; i++)
        {
            await client.EmitAsync("large", Utf8($"\"{new string('x', 20_000)}\"")).AsTask().InTime();
        }

        flooded.SetResult();

        Assert.Equal("\"answer\"", await answered.Task.InTime());
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_peer_that_ponged_once_and_falls_silent_is_cut_off_and_one_that_never_did_is_not()
    {
        var time = new ManualTime();
        await using var victim = new Victim(peer: new IpcPeerOptions { TimeProvider = time, HeartbeatInterval = TimeSpan.FromSeconds(5), HeartbeatTimeout = TimeSpan.FromSeconds(15) });
        using var old = victim.Attack();
        var oldPeer = await victim.PeerAsync();
        using var silent = victim.Attack();
        var silentPeer = await victim.PeerAsync(1);
        silent.Send("{\"type\":\"pong\"}\n{\"type\":\"ping\",\"data\":1}\n");
        Assert.Contains("pong", silent.ReadLine(), StringComparison.Ordinal);

        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
        }

        await silentPeer.Channel.Closed.InTime();
        Assert.Contains("has not answered", Assert.Single(victim.Errors).Message, StringComparison.Ordinal);
        Assert.False(oldPeer.Channel.IsShutdown);
        old.Send("""{"type":"request","id":"1","method":"echo","data":1}""" + "\n");
        await Soon.UntilAsync(() => old.ReadLine() is { } line && line.Contains("response", StringComparison.Ordinal));
    }

    // Its signs of life lie unread: the silence is ours.
    [Fact]
    public async Task A_peer_is_not_cut_off_because_our_own_handlers_are_slow()
    {
        var time = new ManualTime();
        var release = new TaskCompletionSource();
        var handling = new TaskCompletionSource();
        async ValueTask HandleAsync(string name, IpcPayload data)
        {
            handling.TrySetResult();
            await release.Task;
        }

        var events = new EventQueue(HandleAsync, static _ => { }, static () => false, new IpcLimits { MaxQueuedEvents = 1 });
        var isCut = false;
        using var heartbeat = new Heartbeat(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), time, static () => { }, () => isCut = true, () => events.IsFull);
        heartbeat.OnMessage(IpcMessageKind.Pong);
        await events.AddAsync(IpcMessage.Event("handled", Utf8("1")));
        await handling.Task.InTime();
        await events.AddAsync(IpcMessage.Event("queued", Utf8("2")));
        var reading = events.AddAsync(IpcMessage.Event("waits", Utf8("3"))).AsTask();

        Advance();
        Assert.False(isCut);

        release.SetResult();
        await reading.InTime();
        await Soon.UntilAsync(() => !events.IsFull);
        Advance();
        Assert.True(isCut);

        void Advance()
        {
            for (var i = 0; i < 5; i++)
            {
                time.Advance(TimeSpan.FromSeconds(5));
            }
        }
    }

    // More than all buffers on the way hold; the last of them waits.
    private static Task Fill(LocalSocketChannel channel)
    {
        var data = Utf8($"\"{new string('x', 1_000)}\"");
        var sends = Enumerable.Range(0, 1_000).Select(_ => channel.SendAsync(IpcMessage.Event("e", data)).AsTask()).ToArray();
        foreach (var send in sends)
        {
            // Those that the end of the channel fails are nobody's.
            send.ContinueWith(static send => send.Exception, TaskScheduler.Default);
        }

        return sends[^1];
    }

    private static async Task<WeakReference> GiveUpAsync(IpcPeer client)
    {
        var payload = Utf8($"\"{new string('y', 10_000)}\"");
        var failure = await Assert.ThrowsAsync<IpcException>(() => client.RequestAsync("m", payload, TimeSpan.FromMilliseconds(1)).AsTask().InTime());
        Assert.Equal(IpcErrorCode.Timeout, failure.Code);
        return new WeakReference(payload);
    }
}
