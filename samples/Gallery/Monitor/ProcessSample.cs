namespace Gallery.Monitor;

/// <summary>One process in a list of them.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Ppid">The number of its parent.</param>
/// <param name="Name">The kernel's name for it, at most 15 bytes for a program.</param>
/// <param name="User">Who runs it; empty when that is not to be known.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Cpu">How many cores it kept busy since the sample before.</param>
/// <param name="Memory">The bytes of it that are in memory.</param>
/// <param name="Threads">The number of its threads.</param>
/// <param name="Command">Its command line, cut at 512 bytes; the name in brackets when it has none.</param>
public readonly record struct ProcessSample(
    int Pid,
    int Ppid,
    string Name,
    string User,
    ProcessState State,
    double Cpu,
    long Memory,
    int Threads,
    string Command);
