using System.Collections.Concurrent;
using System.Runtime.Versioning;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>How a peer ends, and what must not end it.</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
public sealed class IpcPeerEndTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private LocalSocketAddress Address => LocalSocketAddress.Parse(Path.Combine(_folder.Path, "test.sock"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_peer_emitted_before_it_ended_is_handled()
    {
        const int Count = 500;
        await using var pair = await SocketPair.CreateAsync(Address);
        var handled = new ConcurrentQueue<string>();
        var gate = new TaskCompletionSource();
        await using var server = new IpcPeer(pair.Server, new IpcPeerOptions
        {
            OnEvent = async (_, data) =>
            {
                await gate.Task;
                handled.Enqueue(Text(data));
            },
        });
        server.Start();
        for (var i = 0; i < Count; i++)
        {
            await pair.Client.EmitAsync("e", Utf8($"{i}"));
        }

        pair.Client.Shutdown();
        await pair.Server.Closed.InTime();
        gate.SetResult();

        await Soon.UntilAsync(() => handled.Count == Count);
        Assert.Equal(Enumerable.Range(0, Count).Select(static i => $"{i}"), handled);
    }

    [Fact]
    public async Task A_shutdown_waits_for_the_events_that_have_come()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        var handled = 0;
        var reached = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        var server = new IpcPeer(pair.Server, new IpcPeerOptions
        {
            OnEvent = async (_, _) =>
            {
                reached.TrySetResult();
                await gate.Task;
                handled++;
            },
        });
        server.Start();
        await pair.Client.EmitAsync("e", Utf8("1"));
        await pair.Client.EmitAsync("e", Utf8("2"));
        pair.Client.Shutdown();
        await pair.Server.Closed.InTime();
        await reached.Task.InTime();

        var shutdown = server.ShutdownAsync(Soon.Limit).AsTask();
        Assert.False(shutdown.IsCompleted);
        gate.SetResult();

        Assert.True(await shutdown.InTime());
        Assert.Equal(2, handled);
    }

    [Fact]
    public async Task A_silent_peer_is_asked_before_it_is_given_up_however_long_the_interval()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        var time = new ManualTime();
        await using var server = new IpcPeer(pair.Server, new IpcPeerOptions { TimeProvider = time, HeartbeatInterval = TimeSpan.FromSeconds(20), HeartbeatTimeout = TimeSpan.FromSeconds(15) });
        server.Start();
        time.Advance(TimeSpan.FromSeconds(20));
        await AnswerPingAsync(pair);

        // The pong was a sign of life; then comes a silence, into which another ping goes.
        time.Advance(TimeSpan.FromSeconds(20));
        time.Advance(TimeSpan.FromSeconds(20));
        await AnswerPingAsync(pair);

        Assert.False(pair.Server.Closed.IsCompleted);
    }

    [Fact]
    public async Task A_peer_that_no_longer_answers_ends_the_channel_with_an_error()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        var time = new ManualTime();
        await using var server = new IpcPeer(pair.Server, new IpcPeerOptions { TimeProvider = time, HeartbeatInterval = TimeSpan.FromSeconds(5), HeartbeatTimeout = TimeSpan.FromSeconds(15) });
        server.Start();
        time.Advance(TimeSpan.FromSeconds(5));
        await AnswerPingAsync(pair);

        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
        }

        await pair.Server.Closed.InTime();
        Assert.Equal((int)IpcErrorCode.Timeout, pair.Server.Error?.Code);
    }

    [Fact]
    public async Task A_time_out_of_two_months_and_one_of_a_second_go_together()
    {
        await using var peers = new Peers();
        peers.Handlers["wait"] = static async call => await Task.Delay(Timeout.Infinite, call.CancellationToken);
        peers.Handlers["echo"] = Peers.EchoAsync;

        var endless = peers.CallAsync("wait", timeout: TimeSpan.MaxValue);
        var long_ = peers.CallAsync("wait", timeout: TimeSpan.FromDays(60));
        var short_ = peers.CallAsync("wait", timeout: TimeSpan.FromMilliseconds(1));

        Assert.Equal(IpcErrorCode.Timeout, (await Assert.ThrowsAsync<IpcException>(() => short_.InTime())).Code);
        Assert.Equal("1", Text(await peers.CallAsync("echo", "1").InTime()));
        Assert.False(long_.IsCompleted || endless.IsCompleted);
        await peers.Client.DisposeAsync();
        await Assert.ThrowsAsync<IpcException>(() => long_.InTime());
        await Assert.ThrowsAsync<IpcException>(() => endless.InTime());
    }

    [Fact]
    public async Task A_loop_that_takes_no_work_fails_the_call_and_not_the_channel()
    {
        await using var raw = new RawPeer(static name => new IpcRoute(Peers.EchoAsync, name == "ui" ? new EndedLoop() : null));

        await raw.SendAsync(IpcMessage.Request(new IpcId(1), "ui", Utf8("1")));
        var refused = await raw.ReceiveAsync();
        await raw.SendAsync(IpcMessage.Request(new IpcId(2), "pool", Utf8("2")));
        var answered = await raw.ReceiveAsync();

        Assert.Equal((int)IpcErrorCode.InternalError, refused.Error?.Code);
        Assert.Equal("2", Text(answered.Data));
        Assert.Equal(0, raw.Peer.RequestsInFlight);
    }

    [Fact]
    public async Task A_handler_that_waits_where_it_is_read_is_cancelled_when_the_peer_goes()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        var (waiting, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = new IpcPeer(pair.Server, new IpcPeerOptions
        {
            Route = _ => new IpcRoute(async call =>
            {
                using (call.CancellationToken.Register(cancelled.SetResult))
                {
                    waiting.SetResult();
                    await Task.Delay(Timeout.Infinite, call.CancellationToken);
                }
            })
            { Inline = true },
        });
        server.Start();
        await pair.Client.SendAsync(IpcMessage.Request(new IpcId(1), "wait", default));
        await waiting.Task.InTime();

        var disposing = server.DisposeAsync().AsTask();

        await cancelled.Task.InTime();
        await disposing.InTime();
    }

    [Fact]
    public async Task Two_peers_that_ask_each_other_without_end_do_not_stand_still()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        await using var first = new IpcPeer(pair.Server, new IpcPeerOptions());
        await using var second = new IpcPeer(pair.Client, new IpcPeerOptions());
        first.Start();
        second.Start();

        // Neither has the method: every answer is a refusal, of some KB with the name.
        var name = new string('n', 250);
        await Task.WhenAll(Flood(first), Flood(second)).InTime();

        async Task Flood(IpcPeer peer)
        {
            for (var round = 0; round < 20; round++)
            {
                await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async _ =>
                {
                    var refused = await Assert.ThrowsAsync<IpcException>(async () => await peer.RequestAsync(name, Utf8("1")));
                    Assert.Equal(IpcErrorCode.MethodNotFound, refused.Code);
                }));
            }
        }
    }

    [Fact]
    public async Task A_call_beyond_the_limit_is_refused_and_the_others_go_on_also_where_nothing_is_sent_at_once()
    {
        var channel = new FakeChannel();
        await using var peer = new IpcPeer(channel, new IpcPeerOptions
        {
            Limits = new IpcLimits { MaxRequestsInFlight = 2 },
            Route = static _ => new IpcRoute(static async call => await Task.Delay(Timeout.Infinite, call.CancellationToken)),
        });
        peer.Start();

        for (var i = 1; i <= 4; i++)
        {
            await channel.Handler!(IpcMessage.Request(new IpcId(i), "wait", default));
        }

        await Soon.UntilAsync(() => channel.Sent.Count == 2);
        Assert.All(channel.Sent, static answer => Assert.Equal((int)IpcErrorCode.Busy, answer.Error?.Code));
        Assert.False(channel.IsAborted);
        Assert.Equal(2, peer.RequestsInFlight);
    }

    private static async Task AnswerPingAsync(SocketPair pair)
    {
        var ping = (await pair.Client.ReceiveAsync().AsTask().InTime())!.Value;
        Assert.Equal(IpcMessageKind.Ping, ping.Kind);
        await pair.Client.SendAsync(new IpcMessage { Kind = IpcMessageKind.Pong });

        // What comes behind the pong is answered when the pong has been handled: one that is only counted does not yet end the silence.
        await pair.Client.SendAsync(new IpcMessage { Kind = IpcMessageKind.Ping });
        var answer = (await pair.Client.ReceiveAsync().AsTask().InTime())!.Value;
        Assert.Equal(IpcMessageKind.Pong, answer.Kind);
    }

    private sealed class EndedLoop : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => throw new ObjectDisposedException(nameof(EndedLoop));
    }
}
