using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Oriel.Assets.Native;

/// <summary>Opens files that a hostile file system may have put anything in the place of.</summary>
public static partial class RegularFile
{
    // <fcntl.h>: Linux on x64 and arm64, and macOS, differ in the two flags.
    private const int LinuxNonBlocking = 0x800;
    private const int LinuxCloseOnExec = 0x80000;
    private const int MacNonBlocking = 0x4;
    private const int MacCloseOnExec = 0x1000000;

    /// <summary>Opens a regular file for reading; null when the path is something else or cannot be read.</summary>
    /// <remarks>Opening never waits: a FIFO, which would block its opener until somebody writes, is refused like a device.</remarks>
    public static FileStream? Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);

        try
        {
            // What follows a NUL would be cut off by the system: another file than the one that was checked.
            if (path.Contains('\0'))
            {
                return null;
            }

            var file = new FileStream(OpenHandle(path), FileAccess.Read, bufferSize: 0);
            if (file.CanSeek && file.SafeFileHandle is { IsInvalid: false } && !IsFolder(file) && !IsDevice(file))
            {
                return file;
            }

            file.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // A folder can be opened for reading too, and seeked; only reading it fails.
    private static bool IsFolder(FileStream file) => File.GetAttributes(file.SafeFileHandle).HasFlag(FileAttributes.Directory);

    // A device such as /dev/zero can be seeked and has no length, and reading it never ends; an empty file has its own path.
    private static bool IsDevice(FileStream file) => file.Length == 0 && RealPath.Of(file) is { } path && path.StartsWith("/dev/", StringComparison.Ordinal);

    private static SafeFileHandle OpenHandle(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(path);
        }

        var flags = OperatingSystem.IsMacOS() ? MacNonBlocking | MacCloseOnExec : LinuxNonBlocking | LinuxCloseOnExec;
        var descriptor = open(path, flags);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"{path} cannot be opened (errno {Marshal.GetLastPInvokeError()}).");
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int open(string path, int flags);
}
