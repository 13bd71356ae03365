using System.Buffers;
using System.Runtime.Versioning;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>In steady state a message costs no memory: neither who sends it, nor who reads it.</summary>
/// <remarks>Alone: the names that other tests use meanwhile would push out those that are remembered.</remarks>
[Collection(CountedResources.Name)]
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
public sealed class AllocationTests : IDisposable
{
    // Until the buffers have the size that they keep.
    private const int WarmUp = 20_000;
    private const int Count = 10_000;
    private const int Rounds = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(IpcMessageKind.Event)]
    [InlineData(IpcMessageKind.Request)]
    public async Task A_message_that_is_sent_and_read_allocates_nothing(IpcMessageKind kind)
    {
        await using var pair = await SocketPair.CreateAsync(LocalSocketAddress.Parse(Path.Combine(_folder.Path, "test.sock")));
        var reader = new Reader();
        pair.Server.OnMessage(reader.OnMessage);
        var data = Utf8("""{"frame":1024,"name":"a name of some length","isLast":false}""");

        var allocated = await OnThreadOfItsOwn(() =>
        {
            Send(pair.Client, kind, data, WarmUp);

            // A buffer may still grow once, when the reader has been slow; what a message costs, every round would show.
            return Enumerable.Range(0, Rounds).Min(_ =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Send(pair.Client, kind, data, Count);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            });
        });

        Assert.Equal(0, allocated);
        Assert.Equal(0, await reader.Allocated.Task.InTime());
    }

    [Fact]
    public async Task A_request_that_is_handled_where_it_is_read_allocates_nothing_there()
    {
        await using var pair = await SocketPair.CreateAsync(LocalSocketAddress.Parse(Path.Combine(_folder.Path, "test.sock")));
        var before = long.MaxValue;
        var least = long.MaxValue;
        var handled = 0;
        IpcHandler echo = call =>
        {
            call.Result.Write(call.Arguments.Span);
            if (++handled % Count == 0)
            {
                var now = GC.GetAllocatedBytesForCurrentThread();
                least = before == long.MaxValue ? least : Math.Min(least, now - before);
                before = now;
            }

            return ValueTask.CompletedTask;
        };
        await using var server = new IpcPeer(pair.Server, new IpcPeerOptions { Route = _ => new IpcRoute(echo) { Inline = true } });
        await using var client = new IpcPeer(pair.Client, new IpcPeerOptions());
        server.Start();
        client.Start();

        // What the first answer to a client that is slow costs, and what the runtime compiles, is not in every round.
        for (var i = 0; i < WarmUp + Rounds * Count; i++)
        {
            await client.RequestAsync("echo", Utf8("[1,2,3]"));
        }

        Assert.Equal(0, least);
    }

    private static void Send(LocalSocketChannel channel, IpcMessageKind kind, byte[] data, int count)
    {
        for (var i = 0; i < count; i++)
        {
            while (!channel.TrySend(new IpcMessage { Kind = kind, Id = kind == IpcMessageKind.Request ? new IpcId(i) : default, Name = "tick", Data = data }))
            {
                Thread.Yield();
            }
        }
    }

    private static Task<long> OnThreadOfItsOwn(Func<long> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class Reader
    {
        private long _before;
        private long _least = long.MaxValue;
        private int _read;

        public TaskCompletionSource<long> Allocated { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask OnMessage(IpcMessage message)
        {
            // Not an assertion, which allocates.
            _read += message.Data.Span[0] == (byte)'{' ? 1 : 0;
            if (_read >= WarmUp && _read % Count == 0)
            {
                var now = GC.GetAllocatedBytesForCurrentThread();
                _least = _before == 0 ? _least : Math.Min(_least, now - _before);
                _before = now;
            }

            if (_read == WarmUp + Rounds * Count)
            {
                Allocated.SetResult(_least);
            }

            return ValueTask.CompletedTask;
        }
    }
}
