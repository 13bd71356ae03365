using System.Runtime.InteropServices;

namespace Oriel.Assets.Native;

/// <summary>The path behind links.</summary>
internal static partial class RealPath
{
    // As many as Linux follows (path_resolution(7)).
    private const int MaxLinks = 40;

    private const int MacGetPath = 50;
    private const int MacMaxPath = 1_024;

    /// <summary>The path of a folder that exists, with every link on the way resolved.</summary>
    public static string Of(string folder)
    {
        // From the root again behind every link: its target may lead through other links.
        for (var links = 0; links < MaxLinks; links++)
        {
            if (TryFollow(folder, out var path))
            {
                return path;
            }

            folder = path;
        }

        throw new IOException($"{folder} leads through too many links.");
    }

    // True when there was no link to follow.
    private static bool TryFollow(string folder, out string path)
    {
        path = Path.GetPathRoot(folder)!;
        var segments = folder[path.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);

        for (var i = 0; i < segments.Length; i++)
        {
            path = Path.Combine(path, segments[i]);
            if (Directory.ResolveLinkTarget(path, returnFinalTarget: false) is { } target)
            {
                path = Path.Combine([target.FullName, .. segments[(i + 1)..]]);
                return false;
            }
        }

        return true;
    }

    /// <summary>The path of an open file, as the system knows it now; null when it has none.</summary>
    public static string? Of(FileStream file)
    {
        if (OperatingSystem.IsLinux())
        {
            return new FileInfo($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}").LinkTarget;
        }

        if (OperatingSystem.IsMacOS())
        {
            Span<byte> path = stackalloc byte[MacMaxPath];
            return fcntl((int)file.SafeFileHandle.DangerousGetHandle(), MacGetPath, ref MemoryMarshal.GetReference(path)) == 0
                ? System.Text.Encoding.UTF8.GetString(path[..path.IndexOf((byte)0)])
                : null;
        }

        return File.ResolveLinkTarget(file.Name, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file.Name);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, ref byte path);
}
