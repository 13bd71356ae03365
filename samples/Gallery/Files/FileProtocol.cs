using Oriel.Assets;
using Oriel.Assets.Native;
using Oriel.Protocols;

namespace Gallery.Files;

/// <summary>Serves the files of this machine to the page: <c>files://local/home/me/a%20picture.png</c>.</summary>
/// <remarks>
/// It reads whatever its user may read, because the Gallery is a file browser whose page is all its own. An application that
/// only wants to show some folders maps a path inside of them here, or adds them with <c>app.Assets.AddFolder</c>, which
/// keeps every path and link within.
/// </remarks>
internal static class FileProtocol
{
    /// <summary>The scheme of the addresses.</summary>
    public const string Scheme = "files";

    private const string Host = "local";

    /// <summary>Answers a request for a file, or for a range of it.</summary>
    public static ProtocolResponse Respond(ProtocolRequest request)
    {
        if (request.Method is not ("GET" or "HEAD"))
        {
            return ProtocolResponse.Error(405, "Files are only read here.");
        }

        if (request.Address.Host != Host)
        {
            return ProtocolResponse.Error(404, $"Files are at {Scheme}://{Host}/.");
        }

        var path = Uri.UnescapeDataString(request.Address.AbsolutePath);

        // Not File.OpenRead: it would wait at a pipe until somebody writes to it.
        if (RegularFile.Open(path) is not { } content)
        {
            return ProtocolResponse.Error(404, "There is no such file, or it cannot be read.");
        }

        var entityTag = $"\"{File.GetLastWriteTimeUtc(content.SafeFileHandle).Ticks:x}-{content.Length:x}\"";
        return ContentResponse.Create(request, content, MimeTypes.Find(path) ?? MimeTypes.Unknown, entityTag);
    }
}
