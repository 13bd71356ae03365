using Gallery.Events;
using Gallery.Monitor;
using Oriel;

namespace Gallery;

/// <summary>What one document is told regularly, for as long as it lasts.</summary>
internal sealed class DocumentFeed(Window window, SharedState<MonitorInterval> interval) : IDisposable
{
    /// <summary>The state of the machine.</summary>
    public MonitorFeed Monitor { get; } = new(window, interval, new MonitorPaths());

    /// <summary>The event of every second.</summary>
    public TickFeed Tick { get; } = new(window);

    /// <summary>Ends the feed.</summary>
    public void Dispose()
    {
        Monitor.Dispose();
        Tick.Dispose();
    }
}
