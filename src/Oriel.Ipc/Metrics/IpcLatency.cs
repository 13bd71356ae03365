namespace Oriel.Ipc;

/// <summary>How long requests waited for their answers.</summary>
/// <param name="Count">How many were answered; all else is zero when none was.</param>
/// <param name="Mean">The mean.</param>
/// <param name="P50">The median. This and the other percentiles are at most 4 % off.</param>
/// <param name="P90">What 90 % of them did not exceed.</param>
/// <param name="P99">What 99 % of them did not exceed.</param>
/// <param name="Max">The longest.</param>
public readonly record struct IpcLatency(long Count, TimeSpan Mean, TimeSpan P50, TimeSpan P90, TimeSpan P99, TimeSpan Max);
