using Microsoft.Extensions.FileProviders;
using Oriel.Assets;
using Oriel.Assets.Native;

namespace Oriel.Components;

/// <summary>Assets that are files of several folders, as a manifest puts them together.</summary>
internal sealed class FileProviderAssetSource(IFileProvider files) : IAssetSource
{
    public bool IsImmediate => false;

    public Asset? Open(string path)
    {
        var file = files.GetFileInfo(path);
        if (!file.Exists || file.IsDirectory || file.PhysicalPath is not { } physical || RegularFile.Open(physical) is not { } content)
        {
            return null;
        }

        var written = File.GetLastWriteTimeUtc(content.SafeFileHandle);
        return new Asset(content, MimeTypes.Find(path) ?? MimeTypes.Unknown, $"\"{written.Ticks:x}-{content.Length:x}\"");
    }
}
