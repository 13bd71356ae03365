using Oriel;

namespace Gallery.Monitor;

/// <summary>Tells a document what the machine does: <c>monitor.sample</c> and <c>monitor.processes</c>.</summary>
/// <remarks>
/// Nothing is read while nobody sees it: not when the document says that it is hidden, and not when it is behind, since
/// the next reading waits until the one before is sent. Thread-safe.
/// </remarks>
internal sealed class MonitorFeed : IDisposable
{
    private static readonly TimeSpan ProcessInterval = TimeSpan.FromSeconds(1);

    private readonly Window _window;
    private readonly SharedState<MonitorInterval> _interval;
    private readonly Lock _gate = new();
    private readonly PeriodicTimer _sampleTimer;
    private readonly PeriodicTimer _processTimer = new(ProcessInterval);
    private bool _isPaused;
    private bool _isEnded;

    /// <summary>Begins to tell the document in a window, as often as the interval says.</summary>
    public MonitorFeed(Window window, SharedState<MonitorInterval> interval, MonitorPaths paths)
    {
        _window = window;
        _interval = interval;
        _sampleTimer = new PeriodicTimer(Period);
        interval.Changed += OnIntervalChanged;

        // Not here: this may be the UI thread, and awaiting would come back to it.
        _ = Task.Run(() => SendSamplesAsync(new SystemReader(paths, TimeProvider.System)));
        _ = Task.Run(() => SendProcessesAsync(new ProcessReader(paths, TimeProvider.System, new UserNames(paths))));
    }

    private TimeSpan Period => TimeSpan.FromMilliseconds(_interval.Value.Milliseconds);

    /// <summary>Stops reading, or goes on with it.</summary>
    public void SetPaused(bool isPaused)
    {
        lock (_gate)
        {
            _isPaused = isPaused;
            SetPeriods();
        }
    }

    /// <summary>Ends the feed.</summary>
    public void Dispose()
    {
        _interval.Changed -= OnIntervalChanged;

        lock (_gate)
        {
            _isEnded = true;
            _sampleTimer.Dispose();
            _processTimer.Dispose();
        }
    }

    private void OnIntervalChanged(object? sender, StateChangedEventArgs<MonitorInterval> change)
    {
        lock (_gate)
        {
            SetPeriods();
        }
    }

    private void SetPeriods()
    {
        if (!_isEnded)
        {
            _sampleTimer.Period = _isPaused ? Timeout.InfiniteTimeSpan : Period;
            _processTimer.Period = _isPaused ? Timeout.InfiniteTimeSpan : ProcessInterval;
        }
    }

    private async Task SendSamplesAsync(SystemReader reader)
    {
        // Loads and rates are those since the reading before; the first has none, and would begin every chart with a zero.
        _ = reader.Read();

        while (await _sampleTimer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            await _window.EmitAsync("monitor.sample", reader.Read()).ConfigureAwait(false);
        }
    }

    private async Task SendProcessesAsync(ProcessReader reader)
    {
        // The first list has no loads either, but a table at once is better than none for a second.
        do
        {
            await _window.EmitAsync("monitor.processes", reader.Read()).ConfigureAwait(false);
        }
        while (await _processTimer.WaitForNextTickAsync().ConfigureAwait(false));
    }
}
