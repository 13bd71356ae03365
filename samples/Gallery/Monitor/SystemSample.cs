namespace Gallery.Monitor;

/// <summary>What the machine does at one time.</summary>
/// <param name="Time">When it was read, in milliseconds since 1970.</param>
/// <param name="Cpu">The processors.</param>
/// <param name="Memory">The memory.</param>
/// <param name="Disks">The mounted disks.</param>
/// <param name="Network">The network interfaces.</param>
/// <param name="Load">The mean number of processes that ran or waited over 1, 5 and 15 minutes.</param>
/// <param name="Uptime">Seconds since the machine started.</param>
public sealed record SystemSample(
    long Time,
    CpuSample Cpu,
    MemorySample Memory,
    IReadOnlyList<DiskSample> Disks,
    IReadOnlyList<NetworkSample> Network,
    IReadOnlyList<double> Load,
    double Uptime);
