using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Oriel.Components;

/// <summary>The sessions that are served, and how many there may be.</summary>
/// <remarks>A place is taken before a peer has said anything, so that those who say nothing count too.</remarks>
internal sealed class SessionRoster(ServeOptions options, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, int> _places = [];
    private readonly ConcurrentDictionary<string, ServedSession> _sessions = new(StringComparer.Ordinal);
    private int _taken;

    /// <summary>What pages can fetch, by its id.</summary>
    public ConcurrentDictionary<string, ServedContent.Item> Content { get; } = new(StringComparer.Ordinal);

    /// <summary>The sessions that have begun and not ended.</summary>
    public ICollection<ServedSession> Sessions => _sessions.Values;

    /// <summary>Takes a place for a page of an address; null when there is none left. Disposing gives it back.</summary>
    public IDisposable? TakePlace(IPAddress? address)
    {
        var key = KeyOf(address);
        lock (_gate)
        {
            if (_taken >= options.MaxSessions)
            {
                logger.PageRefused(options.MaxSessions, nameof(ServeOptions.MaxSessions));
                return null;
            }

            var places = _places.GetValueOrDefault(key);
            if (places >= options.MaxSessionsPerAddress)
            {
                logger.PageRefused(options.MaxSessionsPerAddress, nameof(ServeOptions.MaxSessionsPerAddress));
                return null;
            }

            _taken++;
            _places[key] = places + 1;
        }

        return new PlaceTaken(this, key);
    }

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

    /// <summary>Ends all sessions; pages are told that the server stops.</summary>
    public async ValueTask DisposeAsync()
    {
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

    // Of IPv6 a household has 2^64 addresses: the network counts.
    private static UInt128 KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        var bytes = address.MapToIPv6().GetAddressBytes();
        var isIPv4 = address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        var key = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return isIPv4 || IPAddress.IsLoopback(address) ? key : key >> 64;
    }

    private void Release(UInt128 key)
    {
        lock (_gate)
        {
            _taken--;
            if (--_places[key] == 0)
            {
                _places.Remove(key);
            }
        }
    }

    private sealed class PlaceTaken(SessionRoster roster, UInt128 key) : IDisposable
    {
        private int _isReleased;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReleased, 1) == 0)
            {
                roster.Release(key);
            }
        }
    }
}
