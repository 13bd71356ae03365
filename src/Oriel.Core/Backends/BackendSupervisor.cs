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
                var isReady = _state == BackendState.Ready;
                return new BackendStatus(
                    _state,
                    _session?.ProcessId,
                    _restarts,
                    _lastError,
                    isReady ? options.TimeProvider.GetElapsedTime(_readySince) : TimeSpan.Zero,
                    isReady ? [.. _session!.Handlers.Order(StringComparer.Ordinal)] : []);
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
                    _state = BackendState.Starting;
                    _restarts = 0;
                    var token = _stop.Token;
                    _run = Task.Run(() => RunAsync(token), CancellationToken.None);
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
            _stop?.Cancel();
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
                BackendState.Starting when _stop is { IsCancellationRequested: false } => new(WaitAsync(_ready.Task, cancellationToken)),
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

    private async Task RunAsync(CancellationToken stop)
    {
        // A start by hand begins to count anew.
        var history = new RestartHistory(options.Restart, options.TimeProvider, Random.Shared.NextDouble);
        try
        {
            onChanged(Status);
            while (true)
            {
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
        lock (_gate)
        {
            _state = BackendState.Ready;
            _readySince = options.TimeProvider.GetTimestamp();
            _ready.TrySetResult(session);
        }

        onChanged(Status);
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
        lock (_gate)
        {
            _state = state;
            _session = null;
            _lastError = error;
            _restarts++;
        }

        onChanged(Status);
    }

    private void Finish(BackendState state, BackendException? error)
    {
        lock (_gate)
        {
            _state = state;
            _session = null;
            _stop?.Dispose();
            _stop = null;
            _lastError = error?.Message ?? _lastError;

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

        onChanged(Status);
    }

    private async Task<BackendSession> WaitAsync(Task<BackendSession> ready, CancellationToken cancellationToken)
    {
        try
        {
            return await ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (BackendException)
        {
            // What it wrote is for the log, not for the page.
            throw Down(Status.State);
        }
    }

    private IpcException Down(BackendState state) => new(IpcErrorCode.Disconnected, $"The back end \"{options.Name}\" " + state switch
    {
        BackendState.Restarting => "died and is being started again. Its event backend:state says when it is ready.",
        BackendState.Failed => "has failed; the application's log says why.",
        BackendState.Stopped => "does not run.",
        _ => "is ending.",
    });
}
