using Oriel.Assets.Native;

namespace Oriel.Assets;

/// <summary>Assets that are files of a folder.</summary>
/// <remarks>
/// A file is opened first and then verified by its handle: what a link or a race made of the path between a check and the
/// opening does not matter. A link that stays inside of the folder is followed, one that leaves it is not there.
/// </remarks>
public sealed class FolderAssetSource : IAssetSource
{
    private readonly string _folder;

    /// <summary>Creates the source of a folder, which has to exist.</summary>
    public FolderAssetSource(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);

        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {Path.GetFullPath(folder)} to serve assets from.");
        }

        _folder = RealPath.Of(Path.GetFullPath(folder));
    }

    /// <inheritdoc/>
    public bool IsImmediate => false;

    /// <inheritdoc/>
    public Asset? Open(string path)
    {
        if (RegularFile.Open(Path.Combine(_folder, path)) is not { } file)
        {
            return null;
        }

        if (!IsInside(RealPath.Of(file)))
        {
            file.Dispose();
            return null;
        }

        var written = File.GetLastWriteTimeUtc(file.SafeFileHandle);
        return new Asset(file, MimeTypes.Find(path) ?? MimeTypes.Unknown, $"\"{written.Ticks:x}-{file.Length:x}\"");
    }

    private bool IsInside(string? path) =>
        path is not null && path.Length > _folder.Length && path.StartsWith(_folder, StringComparison.Ordinal) &&
        (_folder.EndsWith(Path.DirectorySeparatorChar) || path[_folder.Length] == Path.DirectorySeparatorChar);
}
