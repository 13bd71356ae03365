using System.Reflection;
using Oriel.Protocols;

namespace Oriel.Assets;

/// <summary>Serves the app's pages and what they load: <c>oriel://app/...</c>.</summary>
/// <remarks>Sources are asked in the order in which they were added; the first that has a path answers.</remarks>
public sealed class AssetServer
{
    private readonly MemoryAssetSource _memory = new();
    private volatile IAssetSource[] _sources;

    internal AssetServer() => _sources = [_memory];

    /// <summary>What a folder's address shows; <c>index.html</c> by default.</summary>
    public string DefaultDocument { get; set; } = "index.html";

    /// <summary>Served for addresses without an extension that nothing else answers, for pages that route by themselves; null for none.</summary>
    public string? SinglePageFallback { get; set; }

    /// <summary>Adds a source behind those that are there.</summary>
    public void Add(IAssetSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _sources = [.. _sources, source];
    }

    /// <summary>Adds the files of a folder.</summary>
    public void AddFolder(string folder) => Add(new FolderAssetSource(folder));

    /// <summary>Adds the resources of an assembly whose logical names begin with a prefix and a slash.</summary>
    public void AddEmbedded(Assembly assembly, string prefix) => Add(new EmbeddedAssetSource(assembly, prefix));

    /// <summary>Adds or replaces a text that the program makes itself.</summary>
    public void AddText(string path, string content)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(content);
        _memory.Set(path.TrimStart('/'), content);
    }

    internal bool IsImmediate => _sources.All(static source => source.IsImmediate);

    /// <summary>Whether a source has a path, which is none of an address but decoded already.</summary>
    internal bool Contains(string path)
    {
        using var content = Open(path)?.Content;
        return content is not null;
    }

    /// <param name="request">What the page asks for.</param>
    /// <param name="encodedPath">Where it is, as it stands in the address.</param>
    /// <param name="contentSecurityPolicy">What documents get.</param>
    internal ProtocolResponse Respond(ProtocolRequest request, string encodedPath, string contentSecurityPolicy)
    {
        if (request.Method is not ("GET" or "HEAD"))
        {
            return ProtocolResponse.Error(405, "Only GET and HEAD.");
        }

        if (Find(encodedPath) is not { } asset)
        {
            return ProtocolResponse.Error(404, "There is no such asset.");
        }

        var response = ContentResponse.Create(request, asset.Content, asset.ContentType, asset.EntityTag);

        return IsDocument(asset.ContentType) ? response.With("Content-Security-Policy", contentSecurityPolicy) : response;
    }

    // SVG and XML are documents too, with scripts, when they are opened as such.
    private static bool IsDocument(string contentType) =>
        contentType.Contains("html", StringComparison.Ordinal) || contentType.Contains("xml", StringComparison.Ordinal);

    private Asset? Find(string encodedPath)
    {
        if (AssetPath.Parse(encodedPath) is not { } path)
        {
            // A folder is no asset, but "/items/" may be a place in the page that routes by itself.
            return encodedPath.Length > 1 && encodedPath[^1] == '/' && AssetPath.Parse(encodedPath[..^1]) is { Length: > 0 } folder ? Fallback(folder) : null;
        }

        return Open(path.Length == 0 ? DefaultDocument : path) ?? Fallback(path);
    }

    private Asset? Fallback(string path) => SinglePageFallback is { } fallback && !Path.HasExtension(path) ? Open(fallback) : null;

    private Asset? Open(string path)
    {
        foreach (var source in _sources)
        {
            if (source.Open(path) is { } asset)
            {
                return asset;
            }
        }

        return null;
    }
}
