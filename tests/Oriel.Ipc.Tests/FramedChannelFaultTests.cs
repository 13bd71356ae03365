using System.IO.Pipes;
using System.Runtime.Versioning;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>What once went wrong between a channel's reader, its writer and its end.</summary>
[Collection(CountedResources.Name)]
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

    // Neither the time-out nor the cancellation of a message did anything once its first byte had been written.
    [Fact]
    public async Task A_large_message_that_is_cancelled_half_written_frees_its_sender_and_arrives_whole()
    {
        await using var pair = await SocketPair.CreateAsync(Address, new LocalSocketOptions { Linger = Linger });
        var data = Utf8($"\"{new string('x', 2_000_000)}\"");
        var expected = data.ToArray();
        using var cancellation = new CancellationTokenSource();
        var sending = pair.Client.SendAsync(IpcMessage.Event("large", data), cancellation.Token).AsTask();
        await Soon.UntilAsync(() => pair.Client.Metrics.Snapshot().MessagesSent == 1);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.InTime());
        Array.Fill(data, (byte)'y');

        Assert.Equal(expected, (await pair.Server.ReceiveAsync().AsTask().InTime())!.Value.Data.ToArray());
        await pair.Client.SendAsync(IpcMessage.Event("after", default)).AsTask().InTime();
        Assert.Equal("after", (await pair.Server.ReceiveAsync().AsTask().InTime())?.Name);
    }

    [Fact]
    public async Task Large_messages_that_are_cancelled_at_any_moment_leave_the_stream_whole()
    {
        await using var pair = await SocketPair.CreateAsync(Address, new LocalSocketOptions { Linger = Linger });
        var random = new Random(11);
        var last = new TaskCompletionSource();
        pair.Server.OnMessage(message =>
        {
            if (message.Name == "last")
            {
                last.SetResult();
            }

            Assert.Equal(-1, message.Data.Span.IndexOfAnyExcept((byte)'"', (byte)'x'));
            return ValueTask.CompletedTask;
        });

        for (var i = 0; i < 200; i++)
        {
            var data = Utf8($"\"{new string('x', random.Next(130_000, 900_000))}\"");
            using var cancellation = new CancellationTokenSource();
            var sending = pair.Client.SendAsync(IpcMessage.Event("e", data), cancellation.Token).AsTask();
            for (var spins = random.Next(200); spins > 0; spins--)
            {
                Thread.Yield();
            }

            await cancellation.CancelAsync();
            await Record.ExceptionAsync(() => sending.InTime());
            Array.Fill(data, (byte)'y');
        }

        await pair.Client.SendAsync(IpcMessage.Event("last", Utf8("\"x\""))).AsTask().InTime();
        await Task.WhenAny(last.Task, pair.Server.Closed).InTime();
        Assert.Null(pair.Server.Error);
        Assert.True(last.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_large_request_times_out_while_the_peer_does_not_read()
    {
        await using var pair = await SocketPair.CreateAsync(Address, new LocalSocketOptions { Linger = Linger });
        await using var client = new IpcPeer(pair.Client, new IpcPeerOptions());
        client.Start();
        var data = Utf8($"\"{new string('x', 2_000_000)}\"");

        var failures = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Assert.ThrowsAsync<IpcException>(() => client.RequestAsync("m", data, TimeSpan.FromMilliseconds(50)).AsTask().InTime()))).InTime();

        Assert.All(failures, static failure => Assert.Equal(IpcErrorCode.Timeout, failure.Code));
    }

    // It answered false for ever, even when nothing else was to be sent; Send failed on a UI thread.
    [Theory]
    [InlineData(131_072)]
    [InlineData(5_000_000)]
    public async Task A_large_message_is_taken_without_waiting_by_an_idle_channel(int size)
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        var data = Utf8($"\"{new string('x', size)}\"");
        var expected = data.ToArray();

        var isTaken = pair.Client.TrySend(IpcMessage.Event("large", data));
        Array.Fill(data, (byte)'y');

        Assert.True(isTaken);
        Assert.Equal(expected, (await pair.Server.ReceiveAsync().AsTask().InTime())!.Value.Data.ToArray());
    }

    // The one threw ArgumentOutOfRangeException, the other was over at once.
    [Theory]
    [InlineData(36)]
    [InlineData(100_000)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public async Task A_receive_with_a_very_long_time_waits(int minutes)
    {
        var timeout = minutes < 0 ? TimeSpan.MaxValue : TimeSpan.FromMinutes(minutes);
        await using var pair = await SocketPair.CreateAsync(Address);
        var (first, second) = ThreadChannel.CreatePair();
        var overSocket = Task.Factory.StartNew(() => pair.Server.Receive(timeout)?.Name, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var overThread = Task.Factory.StartNew(() => second.Receive(timeout)?.Name, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        var early = await Record.ExceptionAsync(() => Task.WhenAny(overSocket, overThread).WaitAsync(TimeSpan.FromMilliseconds(100)));
        await pair.Client.SendAsync(IpcMessage.Event("e", default));
        await first.SendAsync(IpcMessage.Event("e", default));

        Assert.Equal("e", await overSocket.InTime());
        Assert.Equal("e", await overThread.InTime());
        Assert.IsType<TimeoutException>(early);
        await first.DisposeAsync();
    }

    // It was taken out of the ring and never given back, so that soon nothing found room there.
    [Fact]
    public async Task A_message_that_is_refused_leaves_no_hole_in_shared_memory()
    {
        await using var pair = await WithSharedMemoryAsync(_folder);
        var bytes = new byte[300_000];
        for (var i = 0; i < 50; i++)
        {
            var refused = Assert.Throws<IpcException>(() => pair.Server.Send(IpcMessage.Response(new IpcId("no number"), IpcPayload.FromBytes(bytes))));
            Assert.Equal(IpcErrorCode.InvalidRequest, refused.Code);
        }

        var before = pair.Server.Metrics.Snapshot().BytesSent;
        await pair.Server.SendAsync(IpcMessage.Event("e", IpcPayload.FromBytes(bytes)));

        Assert.Equal(bytes, (await pair.Client.ReceiveAsync().AsTask().InTime())!.Value.Data.ToArray());
        Assert.Equal(bytes.Length, pair.Server.Metrics.Snapshot().BytesSent - before);
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
