using System.Runtime.InteropServices;

namespace Oriel.Assets.Native;

/// <summary>The path behind links.</summary>
internal static partial class RealPath
{
    private const int MacGetPath = 50;
    private const int MacMaxPath = 1_024;

    /// <summary>The path of a folder that exists, with every link on the way resolved.</summary>
    public static string Of(string folder)
    {
        var resolved = Path.GetPathRoot(folder)!;
        foreach (var segment in folder[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            resolved = Path.Combine(resolved, segment);
            resolved = Directory.ResolveLinkTarget(resolved, returnFinalTarget: true)?.FullName ?? resolved;
        }

        return resolved;
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
