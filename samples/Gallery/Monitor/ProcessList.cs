namespace Gallery.Monitor;

/// <summary>The processes of the machine at one time.</summary>
/// <param name="Time">When they were read, in milliseconds since 1970.</param>
/// <param name="Processes">The processes, in the order of the kernel.</param>
public sealed record ProcessList(long Time, IReadOnlyList<ProcessSample> Processes);
