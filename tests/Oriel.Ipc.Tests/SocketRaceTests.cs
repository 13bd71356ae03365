using System.Net.Sockets;
using System.Runtime.Versioning;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>What happens to those who use a channel in the moment in which it ends, and to those who wait for it to begin.</summary>
[Collection(CountedResources.Name)]
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
public sealed class SocketRaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private LocalSocketAddress Address => LocalSocketAddress.Parse(Path.Combine(_folder.Path, "race.sock"));

    public void Dispose() => _folder.Dispose();

    // On the writing thread any other exception would end the process.
    [Fact]
    public async Task A_socket_that_was_disposed_is_a_broken_stream_and_nothing_worse()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Address.Path));
        listener.Listen();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Address.Path)).InTime();
        using var transport = new SocketTransport(socket);
        transport.Shutdown();
        transport.Dispose();

        Assert.Throws<IOException>(() => transport.Write("x"u8));
        Assert.Throws<IOException>(() => transport.TryWrite("x"u8, default, default));
        Assert.Throws<IOException>(() => transport.TryWrite("x"u8, "y"u8, "z"u8));
        Assert.Equal(0, transport.Read(new byte[1]));
        Assert.Equal(0, transport.TryRead(new byte[1]));
        Assert.True(transport.WaitToRead(TimeSpan.Zero));
    }

    [Fact]
    public async Task Who_receives_while_the_channel_ends_gets_the_end()
    {
        for (var round = 0; round < 300; round++)
        {
            await using var pair = await SocketPair.CreateAsync(LocalSocketAddress.Parse(Path.Combine(_folder.Path, $"{round}.sock")));
            using var start = new Barrier(2);
            var receiving = Task.Run(async () =>
            {
                start.SignalAndWait();
                switch (round % 3)
                {
                    case 0:
                        return await pair.Server.ReceiveAsync();
                    case 1:
                        return pair.Server.Receive(Soon.Limit);
                    default:
                        return pair.Server.TryReceive(out var message) ? message : null;
                }
            });

            start.SignalAndWait();
            Thread.SpinWait(round * 20);
            pair.Server.Shutdown();

            Assert.Null(await receiving.InTime());
        }
    }

    [Fact]
    public async Task A_connection_that_is_not_accepted_ends_in_its_time_and_leaves_nothing()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Address.Path));
        listener.Listen(0);
        List<Socket> queued = [];
        try
        {
            // Nobody accepts: these fill the queue.
            for (; ; )
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
                queued.Add(socket);
                try
                {
                    socket.Connect(new UnixDomainSocketEndPoint(Address.Path));
                }
                catch (SocketException)
                {
                    break;
                }
            }

            var options = new LocalSocketOptions { ConnectTimeout = TimeSpan.FromMilliseconds(50) };
            var late = await Assert.ThrowsAsync<IpcException>(() => LocalSocketChannel.ConnectAsync(Address, options)).InTime();
            using var cancellation = new CancellationTokenSource();
            var connecting = LocalSocketChannel.ConnectAsync(Address, options with { ConnectTimeout = Soon.Limit }, cancellation.Token);
            await cancellation.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting).InTime();
            Assert.Equal(IpcErrorCode.Timeout, late.Code);
        }
        finally
        {
            queued.ForEach(static socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task A_disposed_listener_says_so_whenever_it_is_asked()
    {
        var listener = LocalSocketListener.Listen(Address);
        var waiting = listener.AcceptAsync();
        await listener.DisposeAsync();

        Assert.Equal(IpcErrorCode.ShuttingDown, (await Assert.ThrowsAsync<IpcException>(() => waiting.InTime())).Code);
        Assert.Equal(IpcErrorCode.ShuttingDown, (await Assert.ThrowsAsync<IpcException>(() => listener.AcceptAsync().InTime())).Code);
    }

    // Senders, requests and streams in both directions, and an end from either side at any moment.
    [Fact]
    public async Task An_end_in_the_middle_of_everything_lets_nothing_hang_and_loses_no_answer()
    {
        using var unobserved = new UnobservedExceptions();
        var random = new Random(20_26);
        for (var round = 0; round < 60; round++)
        {
            await EndInTheMiddleAsync(LocalSocketAddress.Parse(Path.Combine(_folder.Path, $"{round}.sock")), round, random.Next(30_000));
        }

        unobserved.AssertNone();
    }

    private static async Task EndInTheMiddleAsync(LocalSocketAddress address, int round, int delay)
    {
        var pair = await SocketPair.CreateAsync(address, new LocalSocketOptions { Linger = TimeSpan.FromMilliseconds(200) });
        var (counted, acknowledged) = (0, 0);
        var options = new IpcPeerOptions
        {
            OnEvent = static (_, _) => ValueTask.CompletedTask,
            Route = method => method switch
            {
                "count" => new IpcRoute(_ =>
                {
                    Interlocked.Increment(ref counted);
                    return ValueTask.CompletedTask;
                })
                { Inline = round % 2 == 0 },
                "stream" => new IpcRoute(static async call =>
                {
                    while (true)
                    {
                        await call.SendItemAsync("1"u8.ToArray());
                    }
                }),
                _ => null,
            },
        };
        var server = new IpcPeer(pair.Server, options);
        var client = new IpcPeer(pair.Client, options);
        server.Start();
        client.Start();

        var large = Utf8($"\"{new string('x', round % 3 == 0 ? 200_000 : 20_000)}\"");
        Func<IpcPeer, Task>[] work =
        [
            static async peer =>
            {
                while (true)
                {
                    await peer.EmitAsync("e", "1"u8.ToArray());
                }
            },
            async peer =>
            {
                while (true)
                {
                    await peer.EmitAsync("large", large);
                }
            },
            async peer =>
            {
                while (true)
                {
                    await peer.RequestAsync("count", "[]"u8.ToArray());
                    Interlocked.Increment(ref acknowledged);
                }
            },
            static async peer =>
            {
                await foreach (var item in peer.RequestStreamAsync("stream", "null"u8.ToArray()))
                {
                }
            },
        ];
        var workers = new[] { server, client }.SelectMany(peer => work.Select(task => Task.Run(() => task(peer)))).ToArray();

        await Soon.UntilAsync(() => Volatile.Read(ref acknowledged) > 10);
        Thread.SpinWait(delay);
        var ending = (round % 5) switch
        {
            0 => server.DisposeAsync().AsTask(),
            1 => client.ShutdownAsync(TimeSpan.FromMilliseconds(50)).AsTask(),
            2 => Task.Run(pair.Server.Shutdown),
            3 => Task.WhenAll(server.DisposeAsync().AsTask(), client.DisposeAsync().AsTask()),
            _ => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(pair.Client.Shutdown))),
        };
        await ending.InTime();

        // Each ends by an exception that says why.
        foreach (var worker in workers)
        {
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => worker.InTime());
            Assert.True(failure is IpcException { Code: IpcErrorCode.Disconnected or IpcErrorCode.ShuttingDown or IpcErrorCode.Cancelled }, $"{failure}");
        }

        await server.DisposeAsync().AsTask().InTime();
        await client.DisposeAsync().AsTask().InTime();
        await pair.DisposeAsync();
        Assert.Equal((0, 0), (client.AnswersAwaited, server.AnswersAwaited));
        await Soon.UntilAsync(() => client.RequestsInFlight + server.RequestsInFlight == 0);
        Assert.InRange(acknowledged, 1, Volatile.Read(ref counted));
    }
}
