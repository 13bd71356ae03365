namespace Oriel.Tests;

public sealed class DispatcherTests
{
    [Fact]
    public void Work_runs_in_the_order_in_which_it_was_posted()
    {
        var loop = new Loop();
        var seen = new List<int>();
        for (var i = 0; i < 100; i++)
        {
            var number = i;
            loop.Dispatcher.Post(() => seen.Add(number));
        }

        Assert.Empty(seen);
        loop.Until(() => seen.Count == 100);
        Assert.Equal(Enumerable.Range(0, 100), seen);
    }

    [Fact]
    public void However_much_is_posted_the_thread_is_woken_once()
    {
        var loop = new Loop();
        Parallel.For(0, 1_000, _ => loop.Dispatcher.Post(static () => { }));
        Assert.Equal(1, loop.Wakes);

        loop.Drain();
        loop.Dispatcher.Post(static () => { });
        Assert.Equal(2, loop.Wakes);
    }

    [Fact]
    public void Work_that_is_posted_meanwhile_runs_and_wakes()
    {
        var loop = new Loop();
        var ran = false;
        loop.Dispatcher.Post(() => loop.Dispatcher.Post(() => ran = true));

        // As a rule by one drain; a thread that was put aside meanwhile gives its loop a turn in between.
        loop.Until(() => ran);

        Assert.Equal(2, loop.Wakes);
    }

    [Fact]
    public void A_long_queue_gives_the_loop_its_turn()
    {
        var loop = new Loop();
        var ran = 0;
        for (var i = 0; i < 4; i++)
        {
            loop.Dispatcher.Post(() =>
            {
                ran++;
                SpinWait.SpinUntil(static () => false, 10);
            });
        }

        loop.Drain();
        Assert.Equal((1, 2), (ran, loop.Wakes));
        loop.Until(() => ran == 4);
        Assert.Equal(4, loop.Wakes);
    }

    [Fact]
    public void Work_that_throws_is_told_and_the_work_after_it_runs()
    {
        var loop = new Loop();
        var told = new List<Exception>();
        var ran = false;
        loop.Dispatcher.UnhandledException += told.Add;
        loop.Dispatcher.Post(static () => throw new FormatException());
        loop.Dispatcher.Post(() => ran = true);
        loop.Until(() => ran);

        Assert.IsType<FormatException>(Assert.Single(told));
        Assert.True(ran);
    }

    [Fact]
    public void A_report_that_throws_does_not_leave_work_behind()
    {
        var loop = new Loop();
        var ran = false;
        loop.Dispatcher.UnhandledException += static _ => throw new InvalidOperationException("The log is gone.");
        loop.Dispatcher.Post(static () => throw new FormatException());
        loop.Dispatcher.Post(() => ran = true);
        try
        {
            loop.Drain();
        }
        catch (InvalidOperationException)
        {
            // It may escape, as long as the thread is woken for the rest.
            Assert.Equal(2, loop.Wakes);
            loop.Drain();
        }

        loop.Until(() => ran);
    }

    [Fact]
    public void Only_one_thread_is_the_UI_thread()
    {
        var loop = new Loop();
        var elsewhere = OnAnotherThread(() => (loop.Dispatcher.CheckAccess(), Record.Exception(loop.Dispatcher.VerifyAccess), Record.Exception(loop.Dispatcher.Attach), Record.Exception(loop.Drain)));

        Assert.True(loop.Dispatcher.CheckAccess());
        Assert.False(elsewhere.Item1);
        Assert.IsType<InvalidOperationException>(elsewhere.Item2);
        Assert.IsType<InvalidOperationException>(elsewhere.Item3);
        Assert.IsType<InvalidOperationException>(elsewhere.Item4);
    }

    [Fact]
    public void Invoking_on_the_thread_itself_runs_at_once()
    {
        var loop = new Loop();

        Assert.Equal(5, Result(loop.Dispatcher.InvokeAsync(static () => 5)));
        Assert.IsType<FormatException>(loop.Dispatcher.InvokeAsync(static () => throw new FormatException()).Exception!.InnerException);
        Assert.Equal(0, loop.Wakes);
    }

    [Fact]
    public void Invoking_from_elsewhere_waits_for_the_thread()
    {
        var loop = new Loop();
        var thread = 0;
        var number = Task.Run(() => loop.Dispatcher.InvokeAsync(() =>
        {
            thread = Environment.CurrentManagedThreadId;
            return 5;
        }));
        var failure = Task.Run(() => loop.Dispatcher.InvokeAsync(static int () => throw new FormatException()));
        var nested = Task.Run(() => loop.Dispatcher.InvokeAsync(static async () =>
        {
            await Task.Yield();
            return 6;
        }));
        loop.Until(() => number.IsCompleted && failure.IsCompleted && nested.IsCompleted);

        Assert.Equal((5, Environment.CurrentManagedThreadId), (Result(number), thread));
        Assert.IsType<FormatException>(failure.Exception!.InnerException);
        Assert.Equal(6, Result(nested));
    }

    [Fact]
    public void Sending_from_elsewhere_blocks_until_it_ran_and_throws_what_it_threw()
    {
        var loop = new Loop();
        var sent = Task.Run(() => loop.Dispatcher.Send(static _ => throw new FormatException(), null));
        loop.Until(() => sent.IsCompleted);
        Assert.IsType<FormatException>(sent.Exception!.InnerException);

        var ran = false;
        loop.Dispatcher.Send(_ => ran = true, null);
        Assert.True(ran);
    }

    // The last post of each round must not be left behind: it is the one that races with the end of a drain.
    [Fact]
    public void No_post_is_left_behind_however_it_races_with_draining()
    {
        const int Rounds = 50_000;

        using var woken = new SemaphoreSlim(0);
        var dispatcher = new Dispatcher(() => woken.Release());
        var handled = 0;
        var loop = new Thread(() =>
        {
            dispatcher.Attach();
            while (Volatile.Read(ref handled) < Rounds && woken.Wait(Soon.Limit))
            {
                dispatcher.Drain();
                dispatcher.Drain();
            }
        });
        loop.Start();
        for (var i = 0; i < Rounds; i++)
        {
            dispatcher.Post(() => Interlocked.Increment(ref handled));
            if (i % 64 == 0)
            {
                Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref handled) == i + 1, Soon.Limit), "A post was left behind.");
            }
        }

        Assert.True(loop.Join(Soon.Limit));
        Assert.Equal(Rounds, handled);
    }

    // The loop belongs to the test's thread, so a test does not await: what it asks for is there.
    private static T Result<T>(Task<T> task)
    {
        Assert.True(task.IsCompletedSuccessfully);
        return task.GetAwaiter().GetResult();
    }

    private static T OnAnotherThread<T>(Func<T> function)
    {
        T result = default!;
        var thread = new Thread(() => result = function());
        thread.Start();
        thread.Join();
        return result;
    }
}
