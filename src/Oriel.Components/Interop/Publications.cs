namespace Oriel.Components.Interop;

/// <summary>What waits for a page to fetch it. What it does not fetch goes with the session.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Publications(Func<Func<Stream>, string, PublishedContent> publish, int maxCount, long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Publication> _waiting = [];
    private long _bytes;
    private bool _isClosed;

    /// <summary>Lets the page fetch a stream once.</summary>
    /// <param name="content">What it fetches.</param>
    /// <param name="heldBytes">How much memory it takes until then.</param>
    /// <param name="end">Is called once, when the page has fetched it or never will.</param>
    /// <returns>Its address.</returns>
    /// <exception cref="InvalidOperationException">Too much is waiting.</exception>
    public string Add(Stream content, long heldBytes, Action? end = null)
    {
        var publication = new Publication(this, content, heldBytes, end);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_waiting.Count >= maxCount || (_waiting.Count > 0 && _bytes + heldBytes > maxBytes))
            {
                throw new InvalidOperationException(
                    $"The page has not fetched what was passed to JavaScript before: {_waiting.Count:N0} arrays and streams of {_bytes:N0} bytes wait. "
                    + "Await the calls before more is passed.");
            }

            _waiting.Add(publication);
            _bytes += heldBytes;
        }

        try
        {
            return publication.Publish(publish);
        }
        catch
        {
            Remove(publication);
            throw;
        }
    }

    /// <summary>Ends all that was not fetched.</summary>
    public void Close()
    {
        Publication[] left;
        lock (_gate)
        {
            _isClosed = true;
            left = [.. _waiting];
        }

        foreach (var publication in left)
        {
            publication.Dispose();
        }
    }

    private bool IsWaiting(Publication publication)
    {
        lock (_gate)
        {
            return _waiting.Contains(publication);
        }
    }

    private bool Remove(Publication publication)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(publication))
            {
                return false;
            }

            _bytes -= publication.HeldBytes;
            return true;
        }
    }

    private sealed class Publication(Publications owner, Stream content, long heldBytes, Action? end) : IDisposable
    {
        private PublishedContent? _published;

        public long HeldBytes => heldBytes;

        public string Publish(Func<Func<Stream>, string, PublishedContent> publish)
        {
            var published = publish(() => new FetchedStream(content, Dispose), "application/octet-stream");
            _published = published;
            if (!owner.IsWaiting(this))
            {
                // The session has ended meanwhile, when there was nothing yet to take back.
                published.Dispose();
            }

            return published.Address;
        }

        public void Dispose()
        {
            if (owner.Remove(this))
            {
                _published?.Dispose();
                end?.Invoke();
            }
        }
    }
}
