namespace Gallery.Monitor;

/// <summary>Reads what the machine does; every sample tells rates since the one before.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class SystemReader(MonitorPaths paths, TimeProvider time, Func<string, DiskSpace?>? space = null)
{
    private readonly CpuReader _cpu = new(paths);
    private readonly MemoryReader _memory = new(paths);
    private readonly DiskReader _disks = new(paths, space);
    private readonly NetworkReader _network = new(paths);
    private readonly string _loadPath = Path.Join(paths.Proc, "loadavg");
    private readonly string _uptimePath = Path.Join(paths.Proc, "uptime");
    private readonly ProcFile _file = new();
    private long? _previous;

    /// <summary>Reads the machine now. In a first sample all shares and rates are zero.</summary>
    public SystemSample Read()
    {
        var now = time.GetTimestamp();
        var elapsed = _previous is { } previous ? time.GetElapsedTime(previous, now) : TimeSpan.Zero;
        _previous = now;

        return new SystemSample(
            time.GetUtcNow().ToUnixTimeMilliseconds(),
            _cpu.Read(),
            _memory.Read(),
            _disks.Read(elapsed),
            _network.Read(elapsed),
            ReadLoad(),
            ReadUptime());
    }

    private double[] ReadLoad()
    {
        var fields = new Fields(_file.Read(_loadPath));
        return [fields.NextFraction(), fields.NextFraction(), fields.NextFraction()];
    }

    private double ReadUptime()
    {
        var fields = new Fields(_file.Read(_uptimePath));
        return fields.NextFraction();
    }
}
