namespace Gallery.Monitor;

/// <summary>The kernel's clock: it counts in ticks from the start of the machine.</summary>
internal static class BootClock
{
    /// <summary>USER_HZ, which Linux keeps at 100 for programs whatever its own clock does (time(7)).</summary>
    public const int TicksPerSecond = 100;

    /// <summary>When the machine started; 1970 when the kernel does not tell.</summary>
    public static DateTimeOffset Read(MonitorPaths paths)
    {
        var text = new ProcFile(16 * 1024).Read(Path.Join(paths.Proc, "stat"));
        var start = text.IndexOf("\nbtime "u8);

        return DateTimeOffset.FromUnixTimeSeconds(start < 0 ? 0 : (long)Fields.Number(text[(start + "\nbtime ".Length)..]));
    }
}
