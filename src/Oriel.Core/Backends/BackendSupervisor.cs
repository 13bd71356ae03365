using System.Diagnostics.CodeAnalysis;
using Oriel.Ipc;

namespace Oriel;

/// <summary>Keeps a back end alive: starts it, starts it again when it died, gives up when that happens too often, and ends it.</summary>
/// <remarks>Thread-safe. At any time one task at most owns the session.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "A run disposes what it owns when it ends.")]
internal sealed class BackendSupervisor(ProcessBackendOptions options, Func<BackendSession> create, BackendLog log, Action<BackendStatus> onChanged)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<BackendSession> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Ends when the first start has: calls wait for no other.
    private TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _stop;
    private BackendSession? _session;
    private Task _run = Task.CompletedTask;
    private BackendState _state;
    private string? _lastError;
    private int _restarts;
    private long _readySince;

    public BackendStatus Status
    {
        get
        {
            lock (_gate)
            {
                return Snapshot();
            }
        }
    }

    /// <summary>Starts it, unless it runs, and waits until it is ready.</summary>
    public async Task<BackendSession> StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<BackendSession>? ready = null;
            Task ending;
            lock (_gate)
            {
                if (_stop is null)
                {
                    _stop = new CancellationTokenSource();
                    _ready = new TaskCompletionSource<BackendSession>(TaskCreationOptions.RunContinuationsAsynchronously);
                    _started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    _state = BackendState.Starting;
                    _restarts = 0;
                    var token = _stop.Token;
                    var before = _run;
                    var status = Snapshot();
                    _run = Task.Run(() => RunAfterAsync(before, status, token), CancellationToken.None);
                }

                if (!_stop.IsCancellationRequested)
                {
                    ready = _ready.Task;
                }

                ending = _run;
            }

            if (ready is not null)
            {
                return await ready.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            // Somebody is ending it: the next life begins after that.
            await ending.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends it, and returns when it is gone.</summary>
    public async Task StopAsync()
    {
        Task run;
        lock (_gate)
        {
            // What waits for it goes on elsewhere, not here under the lock.
            _ = _stop?.CancelAsync();
            run = _run;
        }

        await run.ConfigureAwait(false);
    }

    /// <summary>Ends its process at once, as a crash would.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _session?.Kill();
        }
    }

    /// <summary>The session that answers calls; waits for one that is starting.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.Disconnected"/>: it does not run.</exception>
    public ValueTask<BackendSession> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _state switch
            {
                BackendState.Ready when _stop is { IsCancellationRequested: false } && !_session!.Ended.IsCompleted => new(_session),
                BackendState.Starting when _stop is { IsCancellationRequested: false } => new(WaitAsync(_started.Task, cancellationToken)),
                var state => throw Down(state),
            };
        }
    }

    /// <summary>The session, if it answers.</summary>
    public BackendSession? Current
    {
        get
        {
            lock (_gate)
            {
                return _state == BackendState.Ready ? _session : null;
            }
        }
    }

    // A run ends with the news of its end, which must not come after that of the next one's beginning.
    private async Task RunAfterAsync(Task before, BackendStatus status, CancellationToken stop)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        onChanged(status);
        await RunAsync(stop).ConfigureAwait(false);
    }

    private async Task RunAsync(CancellationToken stop)
    {
        // A start by hand begins to count anew.
        var history = new RestartHistory(options.Restart, options.TimeProvider, Random.Shared.NextDouble);
        try
        {
            while (true)
            {
                stop.ThrowIfCancellationRequested();
                var death = await LiveAsync(stop).ConfigureAwait(false);
                if (death is null)
                {
                    Finish(BackendState.Stopped, null);
                    return;
                }

                if (!death.MayRestart || history.Next() is not { } pause)
                {
                    var counted = death.MayRestart && options.Restart.Limit > 0 ? $" It died {_restarts + 1} times." : "";
                    Finish(BackendState.Failed, new BackendException(death.Message + counted, death));
                    return;
                }

                Change(BackendState.Restarting, death.Message);
                log.Died(death.Message, pause);
                await Task.Delay(pause, options.TimeProvider, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Finish(BackendState.Stopped, null);
        }
        catch (Exception exception)
        {
            Finish(BackendState.Failed, new BackendException($"The back end \"{options.Name}\" could not be kept running: {exception.Message}", exception));
        }
    }

    /// <summary>One life, from its start to its end.</summary>
    /// <returns>Why it ended; null when it ended by itself and well.</returns>
    private async Task<BackendException?> LiveAsync(CancellationToken stop)
    {
        var session = create();
        lock (_gate)
        {
            _session = session;
        }

        try
        {
            await session.StartAsync(stop).ConfigureAwait(false);
            BecomeReady(session);
            await session.Ended.WaitAsync(stop).ConfigureAwait(false);
            Leave();
        }
        catch (BackendException exception)
        {
            return exception;
        }
        finally
        {
            await session.EndAsync().ConfigureAwait(false);
        }

        return session.HasEndedWell ? null : new BackendException(session.DescribeEnd()) { MayRestart = true };
    }

    private void BecomeReady(BackendSession session)
    {
        BackendStatus status;
        lock (_gate)
        {
            _state = BackendState.Ready;
            _readySince = options.TimeProvider.GetTimestamp();
            _ready.TrySetResult(session);
            _started.TrySetResult();
            status = Snapshot();
        }

        onChanged(status);
    }

    // Whether it comes back shows when its process has ended, which may take it a while.
    private void Leave()
    {
        lock (_gate)
        {
            _state = BackendState.Restarting;
            _ready = new TaskCompletionSource<BackendSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Change(BackendState state, string? error)
    {
        BackendStatus status;
        lock (_gate)
        {
            _state = state;
            _session = null;
            _lastError = error;
            _restarts++;
            _started.TrySetResult();
            status = Snapshot();
        }

        onChanged(status);
    }

    private void Finish(BackendState state, BackendException? error)
    {
        BackendStatus status;
        lock (_gate)
        {
            _state = state;
            _session = null;
            _stop = null;
            _lastError = error?.Message ?? _lastError;
            _started.TrySetResult();
            status = Snapshot();

            if (_ready.Task.IsCompleted)
            {
                _ready = new TaskCompletionSource<BackendSession>(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _ready.TrySetException(error ?? new BackendException($"The back end \"{options.Name}\" was stopped."));

            // Nobody may be waiting for it, and a failure that nobody awaits is none.
            _ = _ready.Task.Exception;
        }

        if (error is not null)
        {
            log.GaveUp(error.Message);
        }

        onChanged(status);
    }

    // Under the lock.
    private BackendStatus Snapshot()
    {
        var isReady = _state == BackendState.Ready;
        return new BackendStatus(
            _state,
            _session?.ProcessId,
            _restarts,
            _lastError,
            isReady ? options.TimeProvider.GetElapsedTime(_readySince) : TimeSpan.Zero,
            isReady ? [.. _session!.Handlers.Order(StringComparer.Ordinal)] : []);
    }

    private async Task<BackendSession> WaitAsync(Task started, CancellationToken cancellationToken)
    {
        await started.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await GetAsync(cancellationToken).ConfigureAwait(false);
    }

    private IpcException Down(BackendState state) => new(IpcErrorCode.Disconnected, $"The back end \"{options.Name}\" " + state switch
    {
        BackendState.Restarting => "died and is being started again. Its event backend:state says when it is ready.",
        BackendState.Failed => "has failed; the application's log says why.",
        BackendState.Stopped => "does not run.",
        _ => "is ending.",
    });
}
