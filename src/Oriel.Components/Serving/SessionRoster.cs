using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Oriel.Components;

/// <summary>The sessions that are served, and how many there may be.</summary>
/// <remarks>Those who say nothing count too, but by themselves: a page that comes back finds the place that its session has kept.</remarks>
internal sealed class SessionRoster(ServeOptions options, ILogger logger) : IAsyncDisposable
{
    private readonly Places _doors = new(options.MaxSessions, options.MaxSessionsPerAddress, logger.PageRefused);
    private readonly Places _places = new(options.MaxSessions, options.MaxSessionsPerAddress, logger.PageRefused);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, ServedSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>What pages can fetch, by its id.</summary>
    public ConcurrentDictionary<string, ServedContent.Item> Content { get; } = new(StringComparer.Ordinal);

    /// <summary>The sessions that have begun and not ended.</summary>
    public ICollection<ServedSession> Sessions => _sessions.Values;

    /// <summary>Is cancelled when the server stops.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Takes a place at the door, for a peer that has not said yet what it wants; null when there is none left. Disposing gives it back.</summary>
    public IDisposable? TakeDoor(IPAddress? address) => _stopping.IsCancellationRequested ? null : _doors.Take(address);

    /// <summary>Takes a place for a session of a page; null when there is none left. Disposing gives it back.</summary>
    public IDisposable? TakePlace(IPAddress? address) => _stopping.IsCancellationRequested ? null : _places.Take(address);

    /// <summary>Keeps a session, with its place, until it is over.</summary>
    public void Add(ServedSession served, IDisposable place)
    {
        _sessions[served.Session.Id] = served;
        _ = ForgetAsync(served, place);
    }

    /// <summary>The session of an id, for its own browser; null for everybody else.</summary>
    public ServedSession? Find(string id, string browser) =>
        _sessions.TryGetValue(id, out var served) && served.Browser == browser && !served.Session.IsEnding ? served : null;

    /// <summary>Takes what a browser may fetch under an id, once.</summary>
    public ServedContent.Item? Take(string id, string browser)
    {
        if (!Content.TryGetValue(id, out var item) || item.Browser != browser || !Content.TryRemove(KeyValuePair.Create(id, item)))
        {
            return null;
        }

        item.OnTaken();
        return item;
    }

    /// <summary>Ends all sessions, and lets none begin; pages are told that the server stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        var sessions = _sessions.Values.ToArray();
        await Task.WhenAll(sessions.Select(static served => served.CloseAsync(SocketEnd.Stopping))).ConfigureAwait(false);
        await Task.WhenAll(sessions.Select(static served => served.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private async Task ForgetAsync(ServedSession served, IDisposable place)
    {
        await served.Session.Ended.ConfigureAwait(false);
        _sessions.TryRemove(served.Session.Id, out _);
        served.Content.Dispose();
        await served.Session.Disposed.ConfigureAwait(false);
        place.Dispose();
    }
}
