namespace Oriel.Testing;

/// <summary>The thread of a page's script: one piece of work at a time, in order, on the thread pool.</summary>
internal sealed class PageThread(Action<Exception> onError)
{
    private readonly TaskFactory _factory = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);

    /// <summary>Runs work in a turn of its own, after this one.</summary>
    public void Post(Action action) => _ = _factory.StartNew(() =>
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            onError(exception);
        }
    });

    /// <summary>Runs work in the current turn when called there, otherwise in one of its own.</summary>
    public void Run(Action action)
    {
        if (TaskScheduler.Current == _factory.Scheduler)
        {
            action();
        }
        else
        {
            Post(action);
        }
    }

    /// <summary>Runs an asynchronous function, all of whose parts are turns of this thread; its first in the current one.</summary>
    public void RunAsync(Func<Task> function) => Run(() => _ = ObserveAsync(function));

    /// <summary>Runs work in a turn of its own and waits for it.</summary>
    public Task WaitAsync(Action action) => _factory.StartNew(action);

    private async Task ObserveAsync(Func<Task> function)
    {
        try
        {
            await function();
        }
        catch (Exception exception)
        {
            onError(exception);
        }
    }
}
