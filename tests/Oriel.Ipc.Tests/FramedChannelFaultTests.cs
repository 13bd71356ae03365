using System.IO.Pipes;
using System.Runtime.Versioning;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>What once went wrong between a channel's reader, its writer and its end.</summary>
[SupportedOSPlatform("linux")]
public sealed class FramedChannelFaultTests : IDisposable
{
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(200);

    private readonly TemporaryFolder _folder = new();

    private LocalSocketAddress Address => LocalSocketAddress.Parse(Path.Combine(_folder.Path, "test.sock"));

    public void Dispose() => _folder.Dispose();

    // Reading the payload ended the process by SIGSEGV.
    [Fact]
    public async Task A_message_in_shared_memory_stays_readable_when_its_channel_is_disposed_under_the_receiver()
    {
        await using var pair = await WithSharedMemoryAsync(_folder);
        var bytes = new byte[200_000];
        new Random(3).NextBytes(bytes);
        await pair.Server.SendAsync(IpcMessage.Event("e", IpcPayload.FromBytes(bytes)));
        var held = (await pair.Client.ReceiveAsync().AsTask().InTime())!.Value;

        await pair.Client.DisposeAsync().AsTask().InTime();
        var seen = held.Data.ToArray();
        var hasMore = pair.Client.TryReceive(out _);

        Assert.Equal(bytes, seen);
        Assert.False(hasMore);
    }

    [Fact]
    public async Task Channels_are_disposed_while_their_receivers_take_messages_in_shared_memory()
    {
        for (var round = 0; round < 20; round++)
        {
            using var folder = new TemporaryFolder();
            await using var pair = await WithSharedMemoryAsync(folder);
            var received = 0;
            var receiving = Task.Factory.StartNew(
                () =>
                {
                    while (pair.Client.Receive(Soon.Limit) is { } message)
                    {
                        Assert.Equal(7, message.Data.Span[^1]);
                        Volatile.Write(ref received, received + 1);
                    }
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            var bytes = new byte[100_000];
            Array.Fill(bytes, (byte)7);
            var sending = Record.ExceptionAsync(() => Task.Run(async () =>
            {
                while (true)
                {
                    await pair.Server.SendAsync(IpcMessage.Event("e", IpcPayload.FromBytes(bytes)));
                }
            })).AsTask();
            await Soon.UntilAsync(() => Volatile.Read(ref received) > round);

            await pair.Client.DisposeAsync().AsTask().InTime();

            await receiving.InTime();
            Assert.IsType<IpcException>(await sending.InTime());
        }
    }

    // It waited for room, and was written by a thread on which nobody catches.
    [Theory]
    [InlineData(IpcMessageKind.Unknown)]
    [InlineData((IpcMessageKind)200)]
    public async Task A_message_of_unknown_kind_is_refused_while_the_peer_is_behind_and_ends_nothing(IpcMessageKind kind)
    {
        await using var pair = await SocketPair.CreateAsync(Address, new LocalSocketOptions { Linger = Linger });
        var data = Utf8($"\"{new string('x', 1_000)}\"");
        var sent = 0;
        while (pair.Client.TrySend(IpcMessage.Event("e", data)))
        {
            sent++;
        }

        var unknown = await Assert.ThrowsAsync<IpcException>(() => pair.Client.SendAsync(new IpcMessage { Kind = kind, Data = data }).AsTask().InTime());
        for (var i = 0; i < sent; i++)
        {
            Assert.NotNull(await pair.Server.ReceiveAsync().AsTask().InTime());
        }

        await pair.Client.SendAsync(IpcMessage.Event("after", default)).AsTask().InTime();
        Assert.Equal(IpcErrorCode.InvalidRequest, unknown.Code);
        Assert.Equal("after", (await pair.Server.ReceiveAsync().AsTask().InTime())?.Name);
    }

    [Fact]
    public async Task A_stream_that_throws_what_it_likes_ends_its_channel_and_not_the_process()
    {
        using var input = new AnonymousPipeServerStream(PipeDirection.In);
        await using var channel = new StdioChannel("test", input, new ThrowingStream());

        await channel.SendAsync(IpcMessage.Event("e", default));
        await channel.Closed.InTime();

        Assert.Equal((int)IpcErrorCode.Disconnected, channel.Error?.Code);
        Assert.Contains("out of order", channel.Error?.Message, StringComparison.Ordinal);
    }

    // Some 64 KB of messages were still handled, by a handler whose owner had disposed what it uses.
    [Fact]
    public async Task After_a_channel_is_disposed_no_further_message_is_handled()
    {
        await using var pair = await SocketPair.CreateAsync(LocalSocketAddress.Parse(Path.Combine(_folder.Path, "late.sock")));
        for (var i = 0; i < 100; i++)
        {
            await pair.Client.SendAsync(IpcMessage.Event("e", default));
        }

        await pair.Client.DrainAsync(Soon.Limit);
        var (handled, isFirst, release) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        pair.Server.OnMessage(async _ =>
        {
            Interlocked.Increment(ref handled);
            isFirst.TrySetResult();
            await release.Task;
        });
        await isFirst.Task.InTime();

        await pair.Server.DisposeAsync().AsTask().InTime();
        release.SetResult();
        await Soon.UntilAsync(() => !Directory.GetDirectories("/proc/self/task").Any(static task => IsNamed(task, "ipc reader late")));

        Assert.Equal(1, handled);
    }

    // A channel that only sends stayed open for ever, and kept its place with the listener.
    [Fact]
    public async Task A_channel_that_only_sends_ends_when_its_peer_has_gone()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        await pair.Client.DisposeAsync();

        await Assert.ThrowsAsync<IpcException>(async () =>
        {
            while (true)
            {
                await pair.Server.SendAsync(IpcMessage.Event("e", default)).AsTask().InTime();
            }
        });
        await pair.Server.Closed.InTime();

        Assert.True(pair.Server.IsShutdown);
        Assert.Equal((int)IpcErrorCode.Disconnected, pair.Server.Error?.Code);
    }

    private static bool IsNamed(string task, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith(name, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Both sides have mapped it and use it.
    private static async Task<SocketPair> WithSharedMemoryAsync(TemporaryFolder folder)
    {
        var pair = await SocketPair.CreateAsync(LocalSocketAddress.Parse(Path.Combine(folder.Path, "shared.sock")), new LocalSocketOptions { SharedMemoryBytes = 1024 * 1024, Linger = Linger });
        var ready = new IpcMessage { Kind = IpcMessageKind.Ready, Data = new IpcReady([], [IpcReady.BinaryFrames, IpcReady.SharedMemory]).ToJson() };
        await pair.Client.SendAsync(ready);
        await pair.Server.ReceiveAsync().AsTask().InTime();
        await pair.Server.SendAsync(ready);
        await pair.Client.ReceiveAsync().AsTask().InTime();
        await pair.Client.SendAsync(IpcMessage.Event("mapped", default));
        await pair.Server.ReceiveAsync().AsTask().InTime();
        return pair;
    }

    private sealed class ThrowingStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new InvalidDataException("out of order");
    }
}
