using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Oriel.Protocols;

namespace Oriel;

/// <summary>The content that the application serves by keys. Thread-safe.</summary>
internal sealed class ServedContents
{
    private const int MaxContents = 65_536;
    private const int MaxKey = 256;

    // Somebody else's picture or document must not run as the application: as a page of its own it has no origin and no scripts.
    private const string Policy = "default-src 'none'; sandbox";

    private readonly ConcurrentDictionary<string, ServedContent> _contents = new(StringComparer.Ordinal);

    /// <param name="key">The end of the address.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="open">Opens it for one request.</param>
    /// <param name="admits">Which requests may have it, where not all of the application's pages do; for the others it is not there.</param>
    public ServedContent Add(string key, string mediaType, Func<Stream> open, Func<ProtocolRequest, bool>? admits = null)
    {
        ArgumentNullException.ThrowIfNull(open);

        if (!IsKey(key))
        {
            throw new ArgumentException($"\"{key}\" cannot be a key: use 1 to {MaxKey} letters, digits, \"-\", \"_\", \".\" and \"/\", and no empty part, \".\" or \"..\".", nameof(key));
        }

        MediaType.Check(mediaType, nameof(mediaType));
        if (_contents.Count >= MaxContents)
        {
            throw new InvalidOperationException($"{MaxContents:N0} contents are served, which is the limit. Dispose what is no longer needed.");
        }

        var content = new ServedContent(this, key, mediaType, open) { Admits = admits };
        return _contents.TryAdd(key, content) ? content : throw new ArgumentException($"The key \"{key}\" is taken. Dispose its content first, or choose another.", nameof(key));
    }

    /// <summary>A stream over bytes, without a copy where they are an array.</summary>
    public static Stream StreamOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(bytes.ToArray(), writable: false);

    public void Remove(ServedContent content) => _contents.TryRemove(KeyValuePair.Create(content.Key, content));

    /// <summary>Answers a request for a key, which is compared as the page wrote it.</summary>
    public ProtocolResponse Respond(ProtocolRequest request, string key)
    {
        if (!_contents.TryGetValue(key, out var content) || content.Admits?.Invoke(request) == false)
        {
            return ProtocolResponse.Error(404, "Nothing is served there.");
        }

        var stream = content.Open();
        return Answer(request, stream, content.MediaType).With("Content-Security-Policy", Policy);
    }

    private static ProtocolResponse Answer(ProtocolRequest request, Stream stream, string mediaType)
    {
        if (stream.CanSeek)
        {
            return ContentResponse.Create(request, stream, mediaType);
        }

        if (request.Method == "HEAD")
        {
            stream.Dispose();
            return new ProtocolResponse { ContentType = mediaType };
        }

        return new ProtocolResponse { ContentType = mediaType, Stream = stream };
    }

    private static bool IsKey(string? key) =>
        key is { Length: > 0 and <= MaxKey } && key.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') && !key.Split('/').Any(static part => part is "" or "." or "..");
}
