using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Oriel.Components;

/// <summary>What one browser can fetch, each thing once, at addresses that only its page was told.</summary>
internal sealed class ServedContent(string folder, string browser, ConcurrentDictionary<string, ServedContent.Item> items) : IDisposable
{
    private const int MaxItems = 1_024;

    private readonly ConcurrentDictionary<string, Item> _own = new(StringComparer.Ordinal);

    private volatile bool _isDisposed;

    /// <exception cref="ObjectDisposedException">The session is over.</exception>
    /// <exception cref="InvalidOperationException">The page has not fetched so much that no more is kept for it.</exception>
    public PublishedContent Publish(Func<Stream> open, string mediaType)
    {
        if (_own.Count >= MaxItems)
        {
            throw new InvalidOperationException($"The page has {MaxItems:N0} contents to fetch, which is the limit. Dispose what it no longer needs.");
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var item = new Item(browser, open, mediaType, () => _own.TryRemove(id, out _));
        _own[id] = item;
        items[id] = item;
        if (_isDisposed)
        {
            // Disposing may have passed by before it was there.
            Remove(id);
            throw new ObjectDisposedException(nameof(ServedContent), "The page has gone: nothing can be published for it any more.");
        }

        return new PublishedContent($"{folder}{id}", () => Remove(id));
    }

    /// <summary>Ends all of it.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (var id in _own.Keys)
        {
            Remove(id);
        }
    }

    private void Remove(string id)
    {
        _own.TryRemove(id, out _);
        items.TryRemove(id, out _);
    }

    /// <summary>One thing to fetch.</summary>
    internal sealed record Item(string Browser, Func<Stream> Open, string MediaType, Action OnTaken);
}
