using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

public sealed class ThreadChannelTests
{
    [Fact]
    public async Task Messages_arrive_in_order_both_ways()
    {
        var (first, second) = ThreadChannel.CreatePair();
        for (var i = 0; i < 100; i++)
        {
            await first.SendAsync(IpcMessage.Event($"{i}", default));
            await second.SendAsync(IpcMessage.Event($"{-i}", default));
        }

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($"{i}", (await second.ReceiveAsync())?.Name);
            Assert.Equal($"{-i}", (await first.ReceiveAsync())?.Name);
        }
    }

    [Fact]
    public async Task A_sender_may_use_its_memory_again_at_once()
    {
        var (first, second) = ThreadChannel.CreatePair();
        var memory = Utf8("1");
        await first.SendAsync(IpcMessage.Event("a", memory));
        await first.SendAsync(IpcMessage.Failure(new IpcId(1), new IpcError(1, "m", memory)));
        memory[0] = (byte)'2';

        Assert.Equal("1", Text((await second.ReceiveAsync())!.Value.Data));
        Assert.Equal("1", Text((await second.ReceiveAsync())!.Value.Error!.Data));
    }

    [Fact]
    public async Task A_sender_waits_while_the_channel_is_full()
    {
        var (first, second) = ThreadChannel.CreatePair(1);
        await first.SendAsync(IpcMessage.Event("a", default));
        var waiting = first.SendAsync(IpcMessage.Event("b", default)).AsTask();
        Assert.False(waiting.IsCompleted);

        Assert.Equal("a", (await second.ReceiveAsync())?.Name);
        await waiting.InTime();
        Assert.Equal("b", (await second.ReceiveAsync())?.Name);
    }

    [Fact]
    public async Task A_sender_that_gives_up_has_sent_nothing()
    {
        var (first, second) = ThreadChannel.CreatePair(1);
        using var cancellation = new CancellationTokenSource();
        await first.SendAsync(IpcMessage.Event("a", default));
        var waiting = first.SendAsync(IpcMessage.Event("b", default), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.InTime());

        first.Shutdown();
        Assert.Equal("a", (await second.ReceiveAsync())?.Name);
        Assert.Null(await second.ReceiveAsync().AsTask().InTime());
    }

    [Fact]
    public async Task What_was_sent_before_the_channel_closed_still_arrives()
    {
        var (first, second) = ThreadChannel.CreatePair();
        await first.SendAsync(IpcMessage.Event("a", default));
        await first.DisposeAsync();
        Assert.False(second.Closed.IsCompleted);

        Assert.Equal("a", (await second.ReceiveAsync())?.Name);
        Assert.Null(await second.ReceiveAsync());
        await second.Closed.InTime();
    }

    [Fact]
    public async Task Closed_ends_for_the_side_that_closed_the_channel_too()
    {
        var (first, _) = ThreadChannel.CreatePair();
        first.Shutdown();
        first.Shutdown();

        await first.Closed.InTime();
        Assert.Null(await first.ReceiveAsync().AsTask().InTime());
    }

    [Fact]
    public async Task Sending_on_a_closed_channel_is_a_disconnection_for_both_sides()
    {
        var (first, second) = ThreadChannel.CreatePair();
        first.Shutdown();

        foreach (var side in new[] { first, second })
        {
            var exception = await Assert.ThrowsAsync<IpcException>(() => side.SendAsync(IpcMessage.Event("a", default)).AsTask());
            Assert.Equal(IpcErrorCode.Disconnected, exception.Code);
        }
    }

    [Fact]
    public async Task A_sender_that_waits_when_the_channel_closes_is_disconnected()
    {
        var (first, second) = ThreadChannel.CreatePair(1);
        await first.SendAsync(IpcMessage.Event("a", default));
        var waiting = first.SendAsync(IpcMessage.Event("b", default)).AsTask();
        second.Shutdown();

        Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => waiting.InTime())).Code);
    }

    [Fact]
    public async Task Reading_by_both_ways_is_refused()
    {
        var (first, second) = ThreadChannel.CreatePair();
        first.OnMessage(static _ => ValueTask.CompletedTask);
        await Assert.ThrowsAsync<InvalidOperationException>(() => first.ReceiveAsync().AsTask());
        Assert.Throws<InvalidOperationException>(() => first.OnMessage(static _ => ValueTask.CompletedTask));

        var reading = second.ReceiveAsync().AsTask();
        Assert.Throws<InvalidOperationException>(() => second.OnMessage(static _ => ValueTask.CompletedTask));
        await first.SendAsync(IpcMessage.Event("a", default));
        Assert.Equal("a", (await reading.InTime())?.Name);
        await first.SendAsync(IpcMessage.Event("b", default));
        Assert.Equal("b", (await second.ReceiveAsync().AsTask().InTime())?.Name);
    }

    [Fact]
    public async Task No_message_is_handed_out_before_the_one_before_is_handled()
    {
        var (first, second) = ThreadChannel.CreatePair();
        var release = new SemaphoreSlim(0);
        var running = 0;
        var most = 0;
        var names = new List<string>();
        second.OnMessage(async message =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await release.WaitAsync();
            names.Add(message.Name);
            Interlocked.Decrement(ref running);
        });

        for (var i = 0; i < 10; i++)
        {
            await first.SendAsync(IpcMessage.Event($"{i}", default));
        }

        first.Shutdown();
        release.Release(10);
        await second.Closed.InTime();
        await Soon.UntilAsync(() => Volatile.Read(ref running) == 0 && names.Count == 10);
        Assert.Equal(1, most);
        Assert.Equal(Enumerable.Range(0, 10).Select(static i => $"{i}"), names);
    }

    [Fact]
    public void A_channel_without_room_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => ThreadChannel.CreatePair(0));
}
