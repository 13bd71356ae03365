using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>Messages that a host program handles on its own thread, when it is asked to.</summary>
public sealed class DccChannelTests
{
    [Fact]
    public async Task The_host_is_woken_once_for_all_that_waits()
    {
        var waker = new CountingWaker();
        var (worker, host) = DccChannel.CreatePair(waker);
        var names = Gather(host);

        await SendAsync(worker, 5);
        Assert.Equal(1, waker.Wakes);
        Assert.Empty(names);

        Assert.Equal(0, host.Pump(TimeSpan.MaxValue));
        Assert.Equal(["0", "1", "2", "3", "4"], names);
        Assert.Equal(1, waker.Wakes);

        await SendAsync(worker, 1);
        Assert.Equal(2, waker.Wakes);
    }

    [Fact]
    public async Task A_pump_handles_no_more_than_it_may_and_asks_for_another()
    {
        var waker = new CountingWaker();
        var (worker, host) = DccChannel.CreatePair(waker);
        var names = Gather(host);
        await SendAsync(worker, 5);

        Assert.Equal(3, host.Pump(2));

        Assert.Equal(["0", "1"], names);
        Assert.Equal(2, waker.Wakes);
        Assert.Equal(0, host.Pump(3));
        Assert.Equal(5, names.Count);
        Assert.Equal(2, waker.Wakes);
    }

    [Fact]
    public async Task A_pump_ends_when_its_time_is_over()
    {
        var time = new ManualTime();
        var (worker, host) = DccChannel.CreatePair(new CountingWaker(), new DccChannelOptions { TimeProvider = time });
        host.OnMessage(_ =>
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            return ValueTask.CompletedTask;
        });
        await SendAsync(worker, 10);

        Assert.Equal(7, host.Pump(TimeSpan.FromMilliseconds(3)));
        Assert.Equal(6, host.Pump(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => host.Pump(TimeSpan.FromMilliseconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => host.Pump(0));
    }

    [Fact]
    public async Task A_pump_inside_a_handler_does_nothing_and_says_so()
    {
        var (worker, host) = DccChannel.CreatePair(new CountingWaker());
        var inner = new List<int>();
        host.OnMessage(_ =>
        {
            inner.Add(host.Pump(TimeSpan.MaxValue));
            return ValueTask.CompletedTask;
        });
        await SendAsync(worker, 2);

        Assert.Equal(0, host.Pump(TimeSpan.MaxValue));

        Assert.Equal([DccChannel.AlreadyPumping, DccChannel.AlreadyPumping], inner);
    }

    [Fact]
    public async Task A_wake_is_never_lost()
    {
        const int Threads = 4;
        const int Count = 5_000;
        using var asked = new SemaphoreSlim(0);
        var (worker, host) = DccChannel.CreatePair(new PostingWaker(asked), new DccChannelOptions { Capacity = 16 });
        var next = new int[Threads];
        var left = Threads * Count;
        host.OnMessage(message =>
        {
            var lane = message.Name[0] - 'a';
            Assert.Equal($"{next[lane]++}", Text(message.Data));
            left--;
            return ValueTask.CompletedTask;
        });

        // The host pumps when it is asked, and at no other time: one wake lost, and it waits for ever.
        var pumping = new Thread(() =>
        {
            while (left > 0 && host.Error is null && asked.Wait(Soon.Limit))
            {
                host.Pump(7);
            }
        });
        pumping.IsBackground = true;
        pumping.Start();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(lane => Task.Run(async () =>
        {
            var name = $"{(char)('a' + lane)}";
            for (var i = 0; i < Count; i++)
            {
                await worker.SendAsync(IpcMessage.Event(name, Utf8($"{i}")));
            }
        }))).InTime();

        Assert.True(pumping.Join(Soon.Limit));
        Assert.Null(host.Error);
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task A_wake_is_not_lost_between_threads_that_share_the_pump()
    {
        const int Count = 20_000;
        using var asked = new SemaphoreSlim(0);
        var (worker, host) = DccChannel.CreatePair(new PostingWaker(asked), new DccChannelOptions { BindToThread = false, Capacity = 4 });
        var handled = 0;
        host.OnMessage(_ =>
        {
            handled++;
            return ValueTask.CompletedTask;
        });
        using var done = new CancellationTokenSource();
        var pumps = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await asked.WaitAsync(done.Token);
                host.Pump(3);
            }
        })).ToArray();

        for (var i = 0; i < Count; i++)
        {
            await worker.SendAsync(IpcMessage.Event("a", default)).AsTask().InTime();
        }

        await worker.DrainAsync(Soon.Limit);
        await done.CancelAsync();
        await Task.WhenAll(pumps).ContinueWith(static _ => { }).InTime();
        Assert.Equal(Count, handled);
    }

    [Fact]
    public async Task Another_thread_than_the_first_may_not_pump()
    {
        var (_, host) = DccChannel.CreatePair(new CountingWaker());
        host.Pump(1);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Task.Factory.StartNew(() => host.Pump(1), TaskCreationOptions.LongRunning));

        Assert.Contains("host program's own thread", refused.Message);
    }

    [Fact]
    public async Task While_a_handler_awaits_the_next_message_waits_and_the_host_does_not()
    {
        var waker = new CountingWaker();
        var (worker, host) = DccChannel.CreatePair(waker, new DccChannelOptions { BindToThread = false });
        var release = new TaskCompletionSource();
        var handled = new List<string>();
        host.OnMessage(async message =>
        {
            var name = message.Name;
            await release.Task;
            lock (handled)
            {
                handled.Add(name);
            }
        });
        await SendAsync(worker, 2);

        Assert.Equal(1, host.Pump(TimeSpan.MaxValue));
        Assert.Equal(1, host.Pump(TimeSpan.MaxValue));
        Assert.Equal(1, waker.Wakes);
        release.SetResult();
        await Soon.UntilAsync(() => waker.Wakes == 2);

        Assert.Equal(0, host.Pump(TimeSpan.MaxValue));
        Assert.Equal(["0", "1"], handled);
    }

    [Fact]
    public async Task A_host_that_begins_to_listen_is_woken_for_what_waits_already()
    {
        var waker = new CountingWaker();
        var (worker, host) = DccChannel.CreatePair(waker);
        await SendAsync(worker, 3);
        Assert.Equal(3, host.Pump(TimeSpan.MaxValue));
        Assert.Equal(1, waker.Wakes);

        var names = Gather(host);

        Assert.Equal(2, waker.Wakes);
        Assert.Equal(0, host.Pump(TimeSpan.MaxValue));
        Assert.Equal(3, names.Count);
    }

    [Fact]
    public async Task A_handler_that_throws_ends_the_channel_and_spares_the_host()
    {
        var (worker, host) = DccChannel.CreatePair(new CountingWaker());
        host.OnMessage(static _ => throw new InvalidOperationException("no such scene"));
        await SendAsync(worker, 2);

        Assert.Equal(0, host.Pump(TimeSpan.MaxValue));

        Assert.Contains("no such scene", host.Error?.Message);
        await worker.Closed.InTime();
    }

    [Fact]
    public void A_waker_that_throws_ends_the_channel_and_spares_the_sender()
    {
        var (worker, host) = DccChannel.CreatePair(new BrokenWaker());
        Gather(host);

        Assert.True(worker.TrySend(IpcMessage.Event("a", default)));

        Assert.Contains("the event loop is gone", host.Error?.Message);
        Assert.True(host.Closed.IsCompleted);
    }

    [Fact]
    public async Task A_peers_events_are_handled_on_the_thread_that_pumps()
    {
        var waker = new CountingWaker();
        var (worker, host) = DccChannel.CreatePair(waker);
        var threads = new List<int>();
        await using var peer = new IpcPeer(host, new IpcPeerOptions
        {
            HandleEventsInline = true,
            OnEvent = (_, _) =>
            {
                threads.Add(Environment.CurrentManagedThreadId);
                return ValueTask.CompletedTask;
            },
        });
        peer.Start();
        await Task.Run(() => worker.Emit("select", Utf8("1")));

        var here = Environment.CurrentManagedThreadId;
        host.Pump(TimeSpan.MaxValue);

        Assert.Equal([here], threads);
    }

    private static List<string> Gather(DccChannel host)
    {
        var names = new List<string>();
        host.OnMessage(message =>
        {
            names.Add(message.Name);
            return ValueTask.CompletedTask;
        });
        return names;
    }

    private static async Task SendAsync(ThreadChannel worker, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await worker.SendAsync(IpcMessage.Event($"{i}", default));
        }
    }

    private sealed class CountingWaker : IWaker
    {
        private int _wakes;

        public int Wakes => Volatile.Read(ref _wakes);

        public void Wake() => Interlocked.Increment(ref _wakes);
    }

    private sealed class PostingWaker(SemaphoreSlim asked) : IWaker
    {
        public void Wake() => asked.Release();
    }

    private sealed class BrokenWaker : IWaker
    {
        public void Wake() => throw new InvalidOperationException("the event loop is gone");
    }
}
