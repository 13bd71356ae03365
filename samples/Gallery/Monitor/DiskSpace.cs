namespace Gallery.Monitor;

/// <summary>The room of a mounted file system, in bytes.</summary>
public readonly record struct DiskSpace(long Total, long Used)
{
    /// <summary>The room of the file system mounted on a folder; null when it cannot be asked.</summary>
    public static DiskSpace? Of(string mount)
    {
        // Containers mount single files of the host's disk, such as resolv.conf: these are no disks.
        if (!Directory.Exists(mount))
        {
            return null;
        }

        try
        {
            var drive = new DriveInfo(mount);
            var total = drive.TotalSize;
            return new DiskSpace(total, total - drive.TotalFreeSpace);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
