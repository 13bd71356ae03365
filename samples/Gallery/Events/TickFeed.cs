using Oriel;

namespace Gallery.Events;

/// <summary>Tells a document every second that one has gone: <c>tick</c>, while it wants to hear it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TickFeed(Window window) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private PeriodicTimer? _timer;

    /// <summary>Begins, from zero, or ends.</summary>
    public void SetEnabled(bool isEnabled)
    {
        lock (_gate)
        {
            if (isEnabled == _timer is not null)
            {
                return;
            }

            _timer?.Dispose();
            _timer = isEnabled ? new PeriodicTimer(Interval) : null;

            if (_timer is { } timer)
            {
                _ = Task.Run(() => SendAsync(timer));
            }
        }
    }

    /// <summary>Ends the feed.</summary>
    public void Dispose() => SetEnabled(false);

    private async Task SendAsync(PeriodicTimer timer)
    {
        for (var index = 0; await timer.WaitForNextTickAsync().ConfigureAwait(false); index++)
        {
            var tick = new Tick(index, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            await window.EmitAsync("tick", tick).ConfigureAwait(false);
        }
    }
}
