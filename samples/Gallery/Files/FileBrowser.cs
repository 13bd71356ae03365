using System.IO.Enumeration;

namespace Gallery.Files;

/// <summary>Lists folders of this machine.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="mimeType">The MIME type for the name of a file; null when it is unknown.</param>
/// <param name="samples">A folder that is offered as the place "Samples".</param>
public sealed class FileBrowser(Func<string, string?> mimeType, string? samples = null)
{
    /// <summary>How many entries a listing holds at most.</summary>
    public const int MaximumEntries = 5000;

    private static readonly EnumerationOptions Options = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>The folders from which to begin; only those that are there.</summary>
    public IReadOnlyList<FilePlace> Places()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var temp = Path.GetTempPath();

        FilePlace[] candidates =
        [
            new("Samples", samples ?? ""),
            new("Home", home),
            new("Documents", Environment.GetFolderPath(Environment.SpecialFolder.MyDocuments)),
            new("Downloads", Path.Join(home, "Downloads")),
            new("Pictures", Environment.GetFolderPath(Environment.SpecialFolder.MyPictures)),
            new("Music", Environment.GetFolderPath(Environment.SpecialFolder.MyMusic)),
            new("Videos", Environment.GetFolderPath(Environment.SpecialFolder.MyVideos)),
            new("Temp", Path.TrimEndingDirectorySeparator(temp)),
            new("Root", Path.GetPathRoot(temp) ?? ""),
        ];

        // A desktop that has no folder for pictures answers with the home folder.
        return [.. candidates.Where(place => Directory.Exists(place.Path)).DistinctBy(place => place.Path)];
    }

    /// <summary>Lists a folder, up to <see cref="MaximumEntries"/>.</summary>
    /// <exception cref="FileBrowserException">The path is none, or the folder is missing, or may not be read.</exception>
    public FileListing List(string path)
    {
        if (!Path.IsPathFullyQualified(path) || path.Contains('\0'))
        {
            throw new FileBrowserException($"\"{path}\" is not an absolute path.");
        }

        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var found = Enumerate(folder, out var truncated);

        found.Sort(static (a, b) =>
            a.IsFolder != b.IsFolder ? b.IsFolder.CompareTo(a.IsFolder) : CompareNames(a.Entry.Name, b.Entry.Name));

        return new FileListing(folder, Path.GetDirectoryName(folder), found.ConvertAll(static item => item.Entry), truncated);
    }

    private List<(FileEntry Entry, bool IsFolder)> Enumerate(string folder, out bool truncated)
    {
        var found = new List<(FileEntry, bool)>();
        truncated = false;

        try
        {
            foreach (var item in new FileSystemEnumerable<(FileEntry, bool)>(folder, Describe, Options))
            {
                if (found.Count == MaximumEntries)
                {
                    truncated = true;
                    break;
                }

                found.Add(item);
            }

            return found;
        }
        catch (DirectoryNotFoundException error)
        {
            throw new FileBrowserException(
                File.Exists(folder) ? $"{folder} is not a folder." : $"There is no folder {folder}.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new FileBrowserException($"The user {Environment.UserName} may not read {folder}.", error);
        }
        catch (IOException error)
        {
            throw new FileBrowserException($"{folder} cannot be read: {error.Message}", error);
        }
    }

    private (FileEntry Entry, bool IsFolder) Describe(ref FileSystemEntry entry)
    {
        var name = entry.FileName.ToString();
        var path = entry.ToFullPath();
        var isFolder = entry.IsDirectory;
        var kind = KindOf(ref entry, path);
        var hasContent = kind is FileKind.File || (kind is FileKind.Link && !isFolder);

        var description = new FileEntry(
            name,
            path,
            kind,
            kind is FileKind.File ? entry.Length : 0,
            entry.LastWriteTimeUtc,
            hasContent ? mimeType(name) : null);

        return (description, isFolder);
    }

    private static FileKind KindOf(ref FileSystemEntry entry, string path)
    {
        if ((entry.Attributes & FileAttributes.ReparsePoint) != 0)
        {
            return FileKind.Link;
        }

        if (entry.IsDirectory)
        {
            return FileKind.Directory;
        }

        // .NET does not tell a pipe or a device from a file, but all of them have the length zero.
        return entry.Length == 0 && SpecialFile.IsAt(path) ? FileKind.Other : FileKind.File;
    }

    private static int CompareNames(string a, string b)
    {
        var order = string.Compare(a, b, StringComparison.OrdinalIgnoreCase);
        return order != 0 ? order : string.CompareOrdinal(a, b);
    }
}
