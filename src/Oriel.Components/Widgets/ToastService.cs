namespace Oriel.Components.Widgets;

/// <summary>Shows messages that go by themselves, in the <see cref="ToastHost"/> of the same window.</summary>
/// <remarks>Thread-safe. At most five are shown; the oldest goes when there is a sixth.</remarks>
public sealed class ToastService : IDisposable
{
    private const int MaxShown = 5;

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<(Toast Toast, ITimer? Timer)> _shown = [];
    private bool _isPaused;

    /// <summary>Makes a service that measures by the system's clock.</summary>
    public ToastService()
        : this(TimeProvider.System)
    {
    }

    internal ToastService(TimeProvider time) => _time = time;

    /// <summary>Raised on any thread when the messages are others.</summary>
    internal event Action? Changed;

    /// <summary>The messages that are shown, the newest last.</summary>
    public IReadOnlyList<Toast> Shown
    {
        get
        {
            lock (_gate)
            {
                return [.. _shown.Select(static shown => shown.Toast)];
            }
        }
    }

    /// <summary>Shows a message.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="tone">What its colour says.</param>
    public void Show(string text, Tone tone = Tone.Neutral)
    {
        ArgumentNullException.ThrowIfNull(text);
        Show(new Toast(text) { Tone = tone });
    }

    /// <summary>Shows a message.</summary>
    public void Show(Toast toast)
    {
        ArgumentNullException.ThrowIfNull(toast);
        lock (_gate)
        {
            var timer = toast.Duration > TimeSpan.Zero
                ? _time.CreateTimer(_ => Dismiss(toast), null, _isPaused ? Timeout.InfiniteTimeSpan : toast.Duration, Timeout.InfiniteTimeSpan)
                : null;
            _shown.Add((toast, timer));
            if (_shown.Count > MaxShown)
            {
                _shown[0].Timer?.Dispose();
                _shown.RemoveAt(0);
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Removes a message.</summary>
    public void Dismiss(Toast toast)
    {
        ArgumentNullException.ThrowIfNull(toast);
        lock (_gate)
        {
            var index = _shown.FindIndex(shown => ReferenceEquals(shown.Toast, toast));
            if (index < 0)
            {
                return;
            }

            _shown[index].Timer?.Dispose();
            _shown.RemoveAt(index);
        }

        Changed?.Invoke();
    }

    // Whoever reads one does not want another to go.
    internal void Pause() => Time(paused: true);

    internal void Resume() => Time(paused: false);

    private void Time(bool paused)
    {
        lock (_gate)
        {
            _isPaused = paused;
            foreach (var (toast, timer) in _shown)
            {
                timer?.Change(paused ? Timeout.InfiniteTimeSpan : toast.Duration, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var (_, timer) in _shown)
            {
                timer?.Dispose();
            }

            _shown.Clear();
        }
    }
}
