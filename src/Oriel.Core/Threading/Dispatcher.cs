using System.Collections.Concurrent;
using System.Diagnostics;

namespace Oriel;

/// <summary>The queue of the UI thread: work that is posted here runs there, in order.</summary>
/// <remarks>
/// Posting is thread-safe and lock-free; the thread is woken once however much is posted. On the UI thread this is the
/// current <see cref="SynchronizationContext"/>, so that <c>await</c> returns to it.
/// </remarks>
public sealed class Dispatcher : SynchronizationContext
{
    // A burst of posts must not starve input and painting: after this long the thread's own loop gets its turn.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(8);

    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private readonly Action _wake;
    private int _isArmed;
    private Thread? _thread;

    /// <summary>Creates the dispatcher of an engine.</summary>
    /// <param name="wake">Makes the UI thread call <see cref="Drain"/> soon. Called from any thread, at most once per drain.</param>
    public Dispatcher(Action wake)
    {
        ArgumentNullException.ThrowIfNull(wake);
        _wake = wake;
    }

    /// <summary>Told of an exception that escaped from posted work; the work after it still runs.</summary>
    public event Action<Exception>? UnhandledException;

    /// <summary>Whether the calling thread is the UI thread.</summary>
    public bool CheckAccess() => Thread.CurrentThread == Volatile.Read(ref _thread);

    /// <summary>Throws unless the calling thread is the UI thread.</summary>
    public void VerifyAccess()
    {
        if (!CheckAccess())
        {
            throw new InvalidOperationException("This belongs to the UI thread: call it by app.Dispatcher.InvokeAsync(...).");
        }
    }

    /// <summary>Makes the calling thread the UI thread.</summary>
    public void Attach()
    {
        if (Interlocked.CompareExchange(ref _thread, Thread.CurrentThread, null) is { } other && other != Thread.CurrentThread)
        {
            throw new InvalidOperationException("There is a UI thread already, and this is another one.");
        }

        SetSynchronizationContext(this);
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);

        _queue.Enqueue((d, state));
        if (Interlocked.Exchange(ref _isArmed, 1) == 0)
        {
            _wake();
        }
    }

    /// <summary>Runs work on the UI thread, some time after this returns.</summary>
    public void Post(Action action) => Post(static action => ((Action)action!)(), action);

    /// <summary>Runs work on the UI thread and waits for it; at once when called there.</summary>
    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);

        if (CheckAccess())
        {
            d(state);
            return;
        }

        InvokeAsync(() => d(state)).GetAwaiter().GetResult();
    }

    /// <summary>Runs work on the UI thread: at once when called there.</summary>
    public Task InvokeAsync(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return InvokeAsync(() =>
        {
            action();
            return true;
        });
    }

    /// <summary>Runs a function on the UI thread: at once when called there.</summary>
    public Task<T> InvokeAsync<T>(Func<T> function)
    {
        ArgumentNullException.ThrowIfNull(function);

        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (CheckAccess())
        {
            Run();
        }
        else
        {
            Post(Run);
        }

        return completion.Task;

        void Run()
        {
            try
            {
                completion.SetResult(function());
            }
            catch (Exception exception)
            {
                completion.SetException(exception);
            }
        }
    }

    /// <summary>Runs an asynchronous function on the UI thread: at once when called there. Completes when the function's own task does.</summary>
    public async Task InvokeAsync(Func<Task> function) =>
        await (await InvokeAsync<Task>(function: () => function()).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Runs an asynchronous function on the UI thread: at once when called there. Completes when the function's own task does.</summary>
    public async Task<T> InvokeAsync<T>(Func<Task<T>> function) =>
        await (await InvokeAsync<Task<T>>(function: () => function()).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Runs what is queued. For engines, on the UI thread, when they were woken.</summary>
    public void Drain()
    {
        VerifyAccess();

        // Disarmed first: what is posted from here on wakes the thread again, and nothing is left behind. A full fence: a plain
        // write could become visible behind the look at an empty queue, and a post in between would wake nobody.
        Interlocked.Exchange(ref _isArmed, 0);

        try
        {
            RunSlice();
        }
        finally
        {
            // What is left runs in the loop's next turn, also when a handler of UnhandledException threw.
            if (!_queue.IsEmpty && Interlocked.Exchange(ref _isArmed, 1) == 0)
            {
                _wake();
            }
        }
    }

    private void RunSlice()
    {
        var started = Stopwatch.GetTimestamp();
        while (_queue.TryDequeue(out var item))
        {
            try
            {
                item.Callback(item.State);
            }
            catch (Exception exception)
            {
                UnhandledException?.Invoke(exception);
            }

            if (Stopwatch.GetElapsedTime(started) > Slice)
            {
                return;
            }
        }
    }
}
