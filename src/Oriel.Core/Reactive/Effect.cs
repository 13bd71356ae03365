namespace Oriel;

/// <summary>Runs a function now, and again whenever anything that it has read has changed.</summary>
/// <remarks>
/// <para>
/// The function runs in a <see cref="SynchronizationContext"/>: the one that is given, or the one in which the effect is made (the
/// UI thread's, or a component's), or else on the thread pool. It runs once for all that was written before its turn, and never
/// beside itself.
/// </para>
/// <para>
/// It lives until it is disposed: what it reads holds it. Its exception is told to <c>failed</c>, or else is unhandled in the
/// context (where the UI thread logs it, and the thread pool ends the process); the effect goes on with the next change.
/// An effect that writes what causes it to run, <c>100</c> times in a row, is stopped and that is reported in the same way.
/// </para>
/// </remarks>
public sealed class Effect : IDisposable
{
    private readonly Action _run;
    private readonly Action<Exception>? _failed;
    private readonly SynchronizationContext? _context;
    private readonly Watch _watch;
    private readonly Lock _gate = new();
    private Phase _phase;
    private bool _hasRun;
    private bool _isEnded;

    /// <summary>Makes an effect. When it is made in its context, the function has run before this returns.</summary>
    /// <param name="run">The function. What it reads after an <c>await</c>, or on another thread, is not followed.</param>
    /// <param name="context">Where it runs.</param>
    /// <param name="failed">Told of its exceptions, in the context. Without it an exception of the first run is the constructor's.</param>
    public Effect(Action run, SynchronizationContext? context = null, Action<Exception>? failed = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
        _failed = failed;
        _context = context ?? SynchronizationContext.Current;
        _watch = new Watch(Schedule);

        if (context is not null && context != SynchronizationContext.Current)
        {
            Schedule();
            return;
        }

        _phase = Phase.Scheduled;
        var isWhole = false;
        try
        {
            RunScheduled();
            isWhole = true;
        }
        finally
        {
            if (!isWhole)
            {
                Dispose();
            }
        }
    }

    private enum Phase
    {
        Idle,
        Scheduled,
        Running,
        RunningAndDue,
    }

    /// <summary>Ends it. A run that is under way on another thread goes on to its end, and is the last.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnded = true;
        }

        _watch.Dispose();
    }

    private void Schedule()
    {
        lock (_gate)
        {
            if (_isEnded || _phase is Phase.Scheduled or Phase.RunningAndDue)
            {
                return;
            }

            if (_phase == Phase.Running)
            {
                _phase = Phase.RunningAndDue;
                return;
            }

            _phase = Phase.Scheduled;
        }

        Post();
    }

    private void Post()
    {
        if (_context is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static effect => effect.RunScheduled(), this, preferLocal: false);
        }
        else
        {
            _context.Post(static effect => ((Effect)effect!).RunScheduled(), this);
        }
    }

    private void RunScheduled()
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                return;
            }

            _phase = Phase.Running;
        }

        try
        {
            RunOnce();
        }
        catch (Exception exception) when (_failed is not null)
        {
            _failed(exception);
        }
        finally
        {
            bool isDue;
            lock (_gate)
            {
                isDue = _phase == Phase.RunningAndDue && !_isEnded;
                _phase = isDue ? Phase.Scheduled : Phase.Idle;
            }

            if (isDue)
            {
                Post();
            }
        }
    }

    private void RunOnce()
    {
        if (_watch.IsRunaway)
        {
            Dispose();
            throw new InvalidOperationException($"An effect was stopped: what it writes has caused it to run {Watch.MaxGenerations} times in a row. Write only what it does not read, or make it a Computed.");
        }

        if (_hasRun && !_watch.CheckChanged())
        {
            return;
        }

        _hasRun = true;
        var reading = _watch.Begin();
        try
        {
            _run();
        }
        finally
        {
            _watch.End(reading);
        }
    }
}
