using System.Collections.Concurrent;
using System.Text;

namespace Oriel.Assets;

/// <summary>Assets that the program makes itself.</summary>
public sealed class MemoryAssetSource : IAssetSource
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool IsImmediate => true;

    /// <summary>Adds or replaces a file.</summary>
    public void Set(string path, byte[] content) => _files[path] = content;

    /// <summary>Adds or replaces a file of text.</summary>
    public void Set(string path, string content) => Set(path, Encoding.UTF8.GetBytes(content));

    /// <inheritdoc/>
    public Asset? Open(string path) =>
        _files.TryGetValue(path, out var content)
            ? new Asset(new MemoryStream(content, writable: false), MimeTypes.Find(path) ?? MimeTypes.Unknown)
            : null;
}
