namespace Gallery.Monitor;

/// <summary>What can be known of one process; null is what the kernel tells to others only.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Ppid">The number of its parent.</param>
/// <param name="Name">The kernel's name for it.</param>
/// <param name="User">Who runs it; empty when that is not to be known.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Command">Its whole command line; the name in brackets when it has none.</param>
/// <param name="Executable">The file of its program.</param>
/// <param name="Directory">Its working folder.</param>
/// <param name="StartTime">When it began.</param>
/// <param name="Threads">The number of its threads.</param>
/// <param name="Memory">The bytes of it that are in memory.</param>
/// <param name="VirtualMemory">The bytes of its address space.</param>
/// <param name="Priority">The priority that the scheduler uses; negative is real time.</param>
/// <param name="Nice">The priority that the user chose, -20 (first) to 19.</param>
/// <param name="OpenFiles">The number of its open files, sockets and pipes.</param>
/// <param name="CpuTime">The seconds for which it has kept a core busy.</param>
public sealed record ProcessDetails(
    int Pid,
    int Ppid,
    string Name,
    string User,
    ProcessState State,
    string Command,
    string? Executable,
    string? Directory,
    DateTimeOffset StartTime,
    int Threads,
    long Memory,
    long VirtualMemory,
    int Priority,
    int Nice,
    int? OpenFiles,
    double CpuTime);
