namespace Gallery.Monitor;

/// <summary>What the machine and this program are.</summary>
/// <param name="Hostname">The machine's name.</param>
/// <param name="Os">The distribution, as it calls itself.</param>
/// <param name="Kernel">The kernel's release.</param>
/// <param name="CpuModel">The processor's model, or its architecture where the kernel names no model.</param>
/// <param name="Cores">The cores that are online.</param>
/// <param name="MemoryTotal">The memory in bytes.</param>
/// <param name="BootTime">When the machine started.</param>
/// <param name="Runtime">The .NET that runs this program.</param>
/// <param name="Engine">The web engine that shows the page.</param>
/// <param name="Pid">This program's process.</param>
/// <param name="User">Who runs it.</param>
public sealed record SystemInfo(
    string Hostname,
    string Os,
    string Kernel,
    string CpuModel,
    int Cores,
    long MemoryTotal,
    DateTimeOffset BootTime,
    string Runtime,
    string Engine,
    int Pid,
    string User);
