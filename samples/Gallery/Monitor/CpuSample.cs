namespace Gallery.Monitor;

/// <summary>How busy the processors were since the sample before; each share is 0 to 1, and 0 in a first sample.</summary>
/// <param name="Total">The share over all cores.</param>
/// <param name="Cores">The share of each core that is online.</param>
public sealed record CpuSample(double Total, IReadOnlyList<double> Cores);
