using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>What a channel in one process does when its queue is full, when it ends, and when it is drained.</summary>
public sealed class ThreadChannelFullTests
{
    [Theory]
    [InlineData(FullQueuePolicy.DropOldest, "2,3")]
    [InlineData(FullQueuePolicy.DropNewest, "0,1")]
    public async Task A_full_channel_drops_what_its_policy_says_and_counts_it(FullQueuePolicy policy, string left)
    {
        var (first, second) = ThreadChannel.CreatePair(new ThreadChannelOptions { Capacity = 2, WhenFull = policy });
        for (var i = 0; i < 4; i++)
        {
            Assert.True(first.TrySend(IpcMessage.Event($"{i}", Utf8($"{i}"))));
        }

        first.Shutdown();
        var names = new List<string>();
        while (await second.ReceiveAsync() is { } message)
        {
            Assert.Equal(message.Name, Text(message.Data));
            names.Add(message.Name);
        }

        Assert.Equal(left, string.Join(',', names));
        Assert.Equal(2, first.Metrics.Snapshot().MessagesDropped);
        Assert.Equal(2, second.Metrics.Snapshot().MessagesReceived);
    }

    [Fact]
    public async Task A_full_channel_that_fails_says_that_it_is_busy_and_works_on()
    {
        var (first, second) = ThreadChannel.CreatePair(new ThreadChannelOptions { Name = "jobs", Capacity = 1, WhenFull = FullQueuePolicy.Fail });
        await first.SendAsync(IpcMessage.Event("a", default));

        Assert.False(first.TrySend(IpcMessage.Event("b", default)));
        var refused = await Assert.ThrowsAsync<IpcException>(() => first.SendAsync(IpcMessage.Event("b", default)).AsTask());
        Assert.Equal("a", (await second.ReceiveAsync())?.Name);
        await first.SendAsync(IpcMessage.Event("c", default));

        Assert.Equal(IpcErrorCode.Busy, refused.Code);
        Assert.Contains("jobs_a", refused.Message);
        Assert.Equal("c", (await second.ReceiveAsync())?.Name);
    }

    [Fact]
    public async Task A_handler_that_throws_does_not_end_the_channel_in_silence()
    {
        var (first, second) = ThreadChannel.CreatePair(1);
        second.OnMessage(static _ => throw new InvalidOperationException("no such scene"));

        await first.SendAsync(IpcMessage.Event("a", default));
        await second.Closed.InTime();
        await first.Closed.InTime();

        Assert.Equal((int)IpcErrorCode.InternalError, second.Error?.Code);
        Assert.Contains("no such scene", second.Error?.Message);
        Assert.Equal((int)IpcErrorCode.Disconnected, first.Error?.Code);
        Assert.Equal(1, second.Metrics.Snapshot().Errors);
        Assert.Equal(IpcErrorCode.Disconnected, Assert.Throws<IpcException>(() => first.TrySend(IpcMessage.Event("b", default))).Code);
    }

    [Fact]
    public async Task A_handler_that_throws_later_ends_the_channel_too()
    {
        var (first, second) = ThreadChannel.CreatePair();
        var release = new TaskCompletionSource();
        second.OnMessage(async _ =>
        {
            await release.Task;
            throw new InvalidOperationException("late");
        });
        await first.SendAsync(IpcMessage.Event("a", default));

        release.SetResult();
        await first.Closed.InTime();

        Assert.Contains("late", second.Error?.Message);
    }

    [Fact]
    public async Task A_channel_is_drained_when_the_other_end_has_taken_everything()
    {
        var (first, second) = ThreadChannel.CreatePair(2);
        await first.DrainAsync(Soon.Limit);
        var sending = Enumerable.Range(0, 3).Select(i => first.SendAsync(IpcMessage.Event($"{i}", default)).AsTask()).ToArray();
        var draining = first.DrainAsync(Soon.Limit).AsTask();

        for (var i = 0; i < 3; i++)
        {
            Assert.False(draining.IsCompleted);
            await second.ReceiveAsync();
        }

        await draining.InTime();
        await Task.WhenAll(sending).InTime();
    }

    [Fact]
    public async Task A_drain_that_takes_too_long_says_so()
    {
        var (first, _) = ThreadChannel.CreatePair();
        await first.SendAsync(IpcMessage.Event("a", default));

        var late = await Assert.ThrowsAsync<IpcException>(() => first.DrainAsync(TimeSpan.FromMilliseconds(1)).AsTask());

        Assert.Equal(IpcErrorCode.Timeout, late.Code);
    }

    [Fact]
    public async Task Whatever_waits_ends_at_once_when_the_channel_is_shut_down()
    {
        var (first, second) = ThreadChannel.CreatePair(1);
        await first.SendAsync(IpcMessage.Event("a", default));
        var sending = first.SendAsync(IpcMessage.Event("b", default)).AsTask();
        var draining = first.DrainAsync(Timeout.InfiniteTimeSpan).AsTask();
        var receiving = first.ReceiveAsync().AsTask();

        second.Shutdown();

        Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => sending.InTime())).Code);
        await draining.InTime();
        Assert.Null(await receiving.InTime());
    }

    [Fact]
    public async Task A_thread_that_blocks_for_a_message_is_let_go_when_the_channel_is_shut_down()
    {
        var (first, second) = ThreadChannel.CreatePair();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiving = Task.Run(() =>
        {
            started.SetResult();
            return first.Receive(Timeout.InfiniteTimeSpan);
        });
        await started.Task;

        second.Shutdown();

        Assert.Null(await receiving.InTime());
    }

    [Fact]
    public async Task A_receive_that_times_out_loses_nothing()
    {
        var (first, second) = ThreadChannel.CreatePair();

        Assert.Equal(IpcErrorCode.Timeout, Assert.Throws<IpcException>(() => second.Receive(TimeSpan.FromMilliseconds(1))).Code);
        await first.SendAsync(IpcMessage.Event("a", default));

        Assert.Equal("a", second.Receive(TimeSpan.Zero)?.Name);
        Assert.False(second.TryReceive(out _));
    }

    [Fact]
    public async Task A_second_receiver_at_once_is_refused()
    {
        var (first, second) = ThreadChannel.CreatePair();
        var receiving = second.ReceiveAsync().AsTask();

        Assert.Throws<InvalidOperationException>(() => second.TryReceive(out _));
        await first.SendAsync(IpcMessage.Event("a", default));

        Assert.Equal("a", (await receiving.InTime())?.Name);
    }

    [Fact]
    public async Task The_end_that_closed_the_channel_takes_nothing_more()
    {
        var (first, second) = ThreadChannel.CreatePair();
        await first.SendAsync(IpcMessage.Event("a", default));

        second.Shutdown();

        Assert.True(second.Closed.IsCompleted);
        Assert.Null(await second.ReceiveAsync());
        Assert.False(second.TryReceive(out _));
    }

    [Fact]
    public async Task Bytes_cross_as_they_are()
    {
        var (first, second) = ThreadChannel.CreatePair();
        byte[] bytes = [0, 10, 255];
        await first.SendAsync(IpcMessage.Event("a", IpcPayload.FromBytes(bytes)));
        bytes[0] = 1;

        var message = (await second.ReceiveAsync())!.Value;

        Assert.True(message.IsBinary);
        Assert.Equal([0, 10, 255], message.Data.ToArray());
        Assert.Contains(IpcReady.BinaryFrames, second.WireFeatures);
    }

    [Fact]
    public async Task What_four_threads_send_arrives_whole_and_in_the_order_of_each()
    {
        const int Threads = 4;
        const int Count = 10_000;
        var (first, second) = ThreadChannel.CreatePair(8);
        var next = new int[Threads];
        second.OnMessage(message =>
        {
            var lane = message.Name[0] - 'a';
            Assert.Equal($"{next[lane]++}", Text(message.Data));
            return ValueTask.CompletedTask;
        });

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(lane => Task.Run(async () =>
        {
            var name = $"{(char)('a' + lane)}";
            for (var i = 0; i < Count; i++)
            {
                await first.SendAsync(IpcMessage.Event(name, Utf8($"{i}")));
            }
        }))).InTime();
        await first.DrainAsync(Soon.Limit);
        first.Shutdown();
        await second.Closed.InTime();
        await Soon.UntilAsync(() => next.All(static sent => sent == Count) || second.Error is not null);

        Assert.Null(second.Error);
        var sent = first.Metrics.Snapshot();
        Assert.Equal((Threads * Count, Threads * Count), (sent.MessagesSent, second.Metrics.Snapshot().MessagesReceived));

        // Those whose senders wait count, and the one that is just being taken.
        Assert.InRange(sent.PeakQueueLength, 1, 8 + Threads + 1);
    }

    [Fact]
    public void A_message_allocates_nothing_once_the_channel_is_warm()
    {
        var (first, second) = ThreadChannel.CreatePair();
        var data = new byte[100];
        long Pass()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
            {
                first.TrySend(IpcMessage.Event("a", IpcPayload.FromBytes(data)));
                second.TryReceive(out _);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // A collection, by whichever test, empties the pools once; what a message costs, every pass would show.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Pass()));
    }
}
