using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Oriel.Ipc.Native;

/// <summary>What <c>System.Net.Sockets</c> does not offer: reads and writes that never wait, the peer's user, a file's owner.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe partial class LibC
{
    public const int EINTR = 4;
    public const int EPIPE = 32;

    public const int SOL_SOCKET = 1;
    public const int SO_PEERCRED = 17;

    // Linux and macOS number them differently.
    public static readonly int EAGAIN = OperatingSystem.IsLinux() ? 11 : 35;
    public static readonly int ECONNRESET = OperatingSystem.IsLinux() ? 104 : 54;
    public static readonly int MSG_DONTWAIT = OperatingSystem.IsLinux() ? 0x40 : 0x80;

    public const uint MFD_CLOEXEC = 1;
    public const uint MFD_ALLOW_SEALING = 2;
    public const int F_ADD_SEALS = 1033;
    public const int F_GET_SEALS = 1034;
    public const int F_SEAL_SEAL = 1;
    public const int F_SEAL_SHRINK = 2;
    public const int F_SEAL_GROW = 4;

    private const int AT_FDCWD = -100;
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const uint STATX_BASIC_STATS = 0x7ff;
    private const int AT_EMPTY_PATH = 0x1000;
    private const int StatxUid = 20;
    private const int StatxInode = 32;
    private const int StatxDevice = 136;
    private const int StatxBytes = 256;

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint recv(SafeHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint send(SafeHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint sendmsg(SafeHandle socket, MessageHeader* message, int flags);

    [LibraryImport("libc")]
    public static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getpeereid(SafeHandle socket, uint* user, uint* group);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fcntl(SafeHandle file, int command, int argument);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int directory, string path, int flags, uint mask, byte* result);

    /// <summary>The user that a file belongs to (the link itself, of a symbolic link); null where that cannot be asked.</summary>
    public static uint? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // The layout of statx is the same on every architecture, which that of stat is not.
        var result = stackalloc byte[StatxBytes];
        return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, result) == 0 ? *(uint*)(result + StatxUid) : null;
    }

    /// <summary>Whether an open file is the one that a path leads to now; taken for true where that cannot be asked.</summary>
    public static bool IsAt(SafeHandle file, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var opened = stackalloc byte[StatxBytes];
        var found = stackalloc byte[StatxBytes];
        return statx((int)file.DangerousGetHandle(), "", AT_EMPTY_PATH, STATX_BASIC_STATS, opened) == 0
            && statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, found) == 0
            && *(ulong*)(opened + StatxInode) == *(ulong*)(found + StatxInode)
            && *(ulong*)(opened + StatxDevice) == *(ulong*)(found + StatxDevice);
    }

    /// <summary><c>struct msghdr</c>, as Linux lays it out on 64 bits.</summary>
    public struct MessageHeader
    {
        public nint msg_name;
        public uint msg_namelen;
        public IoVector* msg_iov;
        public nuint msg_iovlen;
        public nint msg_control;
        public nuint msg_controllen;
        public int msg_flags;
    }

    public struct IoVector
    {
        public byte* iov_base;
        public nuint iov_len;
    }
}
