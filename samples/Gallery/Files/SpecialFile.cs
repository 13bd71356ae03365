using Gallery.Files.Native;

namespace Gallery.Files;

/// <summary>Tells pipes, sockets and devices from files.</summary>
internal static class SpecialFile
{
    /// <summary>Whether there is something at a path that is neither a file nor a folder nor a link.</summary>
    public static bool IsAt(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var found = LibC.statx(LibC.AT_FDCWD, path, LibC.AT_SYMLINK_NOFOLLOW, LibC.STATX_TYPE, out var status) == 0;
        return found && (status.Mode & LibC.S_IFMT) is not (LibC.S_IFREG or LibC.S_IFDIR or LibC.S_IFLNK);
    }
}
