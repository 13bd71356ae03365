using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Oriel.Ipc.Native;

namespace Oriel.Ipc;

/// <summary>Where a local socket is: a Unix domain socket's path, or a Windows pipe's name (docs/ipc.md).</summary>
public sealed record LocalSocketAddress
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 64;

    /// <summary>The longest path, in bytes: what <c>sockaddr_un</c> holds, but for its end.</summary>
    public const int MaxPathBytes = 107;

    /// <summary>What the names of Windows pipes begin with.</summary>
    internal const string PipeRoot = @"\\.\pipe\";

    private const string PipePrefix = PipeRoot + "oriel_";
    private const string AuroraViewPipePrefix = PipeRoot + "auroraview_";
    private const string AuroraViewPathPrefix = "/tmp/auroraview_";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private LocalSocketAddress(string name, string path, bool isPrivate = false)
    {
        Name = name;
        Path = path;
        IsPrivate = isPrivate;
    }

    /// <summary>For people: the channel's name.</summary>
    public string Name { get; }

    /// <summary>The socket's absolute path; on Windows the pipe's full name.</summary>
    public string Path { get; }

    /// <summary>Whether it lies in the user's private folder because a name was all that was given.</summary>
    internal bool IsPrivate { get; }

    /// <summary>Makes the address of a name, in the user's private folder, or of an absolute path (a full pipe name on Windows).</summary>
    /// <exception cref="ArgumentException">The text is neither, or the path is too long.</exception>
    public static LocalSocketAddress Parse(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);

        if (OperatingSystem.IsWindows())
        {
            return nameOrPath.StartsWith(PipeRoot, StringComparison.Ordinal)
                ? new LocalSocketAddress(nameOrPath[PipeRoot.Length..], nameOrPath)
                : new LocalSocketAddress(Checked(nameOrPath), PipePrefix + nameOrPath);
        }

        return nameOrPath[0] == '/'
            ? AtPath(System.IO.Path.GetFileNameWithoutExtension(nameOrPath), nameOrPath)
            : AtPath(Checked(nameOrPath), System.IO.Path.Combine(PrivateFolder, nameOrPath + ".sock"), isPrivate: true);
    }

    /// <summary>Makes the address that a name has by RFC 0011: <c>/tmp/auroraview_NAME</c>, <c>\\.\pipe\auroraview_NAME</c>.</summary>
    public static LocalSocketAddress AuroraView(string name)
    {
        Checked(name);
        return OperatingSystem.IsWindows() ? new LocalSocketAddress(name, AuroraViewPipePrefix + name) : AtPath(name, AuroraViewPathPrefix + name);
    }

    /// <summary>Makes an address that nobody has and nobody guesses.</summary>
    /// <param name="prefix">What the name begins with: 1 to 24 letters, digits, <c>.</c>, <c>_</c>, <c>-</c>.</param>
    public static LocalSocketAddress CreateUnique(string prefix)
    {
        Checked(prefix);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefix.Length, 24);
        return Parse($"{prefix}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
    }

    /// <inheritdoc/>
    public override string ToString() => Path;

    /// <summary>Whether it is the same place, however it was named.</summary>
    public bool Equals(LocalSocketAddress? other) => other is not null && (Name, Path) == (other.Name, other.Path);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Path);

    /// <summary>The user's folder for sockets.</summary>
    internal static string PrivateFolder =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && System.IO.Path.IsPathRooted(runtime)
            ? System.IO.Path.Combine(runtime, "oriel")
            : $"/tmp/oriel-{(OperatingSystem.IsWindows() ? 0 : LibC.geteuid())}";

    /// <summary>Makes the private folder if need be, and sees that it is private.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.Denied"/>: the folder belongs to somebody else or is open to others.</exception>
    [SuppressMessage("Interoperability", "CA1416", Justification = "Called where sockets are files.")]
    internal void PrepareFolder()
    {
        if (!IsPrivate)
        {
            // Whoever names a path of their own answers for its folder.
            return;
        }

        var folder = System.IO.Path.GetDirectoryName(Path)!;

        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        try
        {
            Directory.CreateDirectory(folder, Private);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IpcException(IpcErrorCode.Denied, $"{folder} is no folder and cannot be made one: {exception.Message} Remove it, or set XDG_RUNTIME_DIR to a folder of this user.", exception);
        }

        if (new DirectoryInfo(folder).LinkTarget is not null || LibC.OwnerOf(folder) is { } owner && owner != LibC.geteuid())
        {
            throw new IpcException(IpcErrorCode.Denied, $"{folder} is not this user's own folder. Remove it, or set XDG_RUNTIME_DIR to a folder that is.");
        }

        if (File.GetUnixFileMode(folder) != Private)
        {
            try
            {
                File.SetUnixFileMode(folder, Private);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new IpcException(IpcErrorCode.Denied, $"{folder} is open to other users and cannot be closed to them: {exception.Message}", exception);
            }
        }
    }

    private static LocalSocketAddress AtPath(string name, string path, bool isPrivate = false)
    {
        var bytes = Encoding.UTF8.GetByteCount(path);
        return bytes <= MaxPathBytes
            ? new LocalSocketAddress(name, path, isPrivate)
            : throw new ArgumentException($"The socket's path has {bytes} bytes, and a socket's path has at most {MaxPathBytes}: {path}. Use a shorter name, or a shorter XDG_RUNTIME_DIR.");
    }

    private static string Checked(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.Length <= MaxNameLength && !name.AsSpan().ContainsAnyExcept(NameCharacters) && name[0] != '.'
            ? name
            : throw new ArgumentException($"\"{name}\" cannot name a channel: a name is 1 to {MaxNameLength} letters, digits, '.', '_' and '-', and begins with no dot.", nameof(name));
    }
}
