using System.Collections.Concurrent;
using Gallery.Monitor;
using Oriel;
using Oriel.Ipc;

namespace Gallery;

/// <summary>The feeds of the documents on show: a document that is loaded again begins with new ones.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="interval">How often they get a sample of the machine.</param>
internal sealed class DocumentFeeds(SharedState<MonitorInterval> interval)
{
    private readonly ConcurrentDictionary<Window, DocumentFeed> _feeds = [];

    /// <summary>Feeds the documents of a window from now on, until it is closed. UI thread.</summary>
    public void Follow(Window window)
    {
        window.DocumentReady += (_, _) =>
        {
            End(window);
            _feeds[window] = new DocumentFeed(window, interval);
        };
        window.Closed += (_, _) => End(window);
    }

    /// <summary>The feed of the document in a window.</summary>
    /// <exception cref="IpcException">There is none: the window is closed.</exception>
    public DocumentFeed Of(Window window) =>
        _feeds.GetValueOrDefault(window) ?? throw new IpcException(IpcErrorCode.Disconnected, "The window is closed.");

    private void End(Window window)
    {
        if (_feeds.TryRemove(window, out var feed))
        {
            feed.Dispose();
        }
    }
}
