namespace Gallery.Monitor;

/// <summary>Where the monitor finds what the kernel tells about the machine.</summary>
/// <remarks>A file that is missing or unreadable counts as empty: what it would have told is zero, absent or null.</remarks>
public sealed record MonitorPaths
{
    /// <summary>The root of the proc file system.</summary>
    public string Proc { get; init; } = "/proc";

    /// <summary>The table of users.</summary>
    public string Passwd { get; init; } = "/etc/passwd";

    /// <summary>The file that names the distribution.</summary>
    public string OsRelease { get; init; } = "/etc/os-release";
}
