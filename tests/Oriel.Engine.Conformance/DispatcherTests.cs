using System.Collections.Concurrent;

namespace Oriel.Engine.Conformance;

/// <summary>The UI thread.</summary>
public abstract class DispatcherTests(EngineFixture engine)
{
    private Dispatcher Dispatcher => engine.App.Dispatcher;

    [Fact]
    public async Task What_is_posted_runs_in_order_on_the_UI_thread()
    {
        var order = new ConcurrentQueue<int>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        for (var i = 0; i < 10_000; i++)
        {
            var number = i;
            Dispatcher.Post(() =>
            {
                Dispatcher.VerifyAccess();
                order.Enqueue(number);
            });
        }

        Dispatcher.Post(done.SetResult);
        await done.Task.Soon();

        Assert.Equal(Enumerable.Range(0, 10_000), order);
    }

    [Fact]
    public async Task What_several_threads_post_runs_all()
    {
        var count = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                Dispatcher.Post(() => count++);
            }
        }))).Soon();

        Assert.Equal(40_000, await Dispatcher.InvokeAsync(() => count).Soon());
    }

    [Fact]
    public async Task No_wake_is_lost_between_two_that_post_and_wait()
    {
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                await Dispatcher.InvokeAsync(static () => { }).Soon();
            }
        })));
    }

    [Fact]
    public async Task Await_returns_to_the_UI_thread()
    {
        var isBack = await Dispatcher.InvokeAsync(async () =>
        {
            await Task.Run(static () => { });
            var afterRun = Dispatcher.CheckAccess();
            await Task.Yield();
            return afterRun && Dispatcher.CheckAccess();
        }).Soon();

        Assert.True(isBack);
    }

    [Fact]
    public async Task Invoke_hands_the_exception_to_who_waits()
    {
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Dispatcher.InvokeAsync(static int () => throw new InvalidTimeZoneException()).Soon());
    }

    [Fact]
    public async Task What_escapes_from_posted_work_is_reported_and_the_work_behind_it_runs()
    {
        var text = engine.Unique("escaped");
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        Dispatcher.Post(() => throw new InvalidOperationException(text));
        Dispatcher.Post(done.SetResult);
        await done.Task.Soon();

        Assert.Contains(engine.Log.Lines, line => line.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_window_belongs_to_the_UI_thread()
    {
        Assert.Throws<InvalidOperationException>(() => engine.App.CreateWindow());

        await using var page = await engine.OpenAsync();
        Assert.Throws<InvalidOperationException>(() => page.Window.Handle);
    }
}
