using System.Runtime.InteropServices;

namespace Oriel.Processes.Native;

/// <summary>The C library of Linux and macOS.</summary>
internal static partial class LibC
{
    /// <summary>Ends at once; cannot be caught. The same number on Linux and macOS.</summary>
    public const int SIGKILL = 9;

    /// <summary>Asks to end. The same number on Linux and macOS.</summary>
    public const int SIGTERM = 15;

    /// <summary>Sends a signal; to a whole group when the number is negative.</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int pid, int signal);

    /// <summary>The session of a process, or -1.</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int getsid(int pid);
}
