namespace Oriel;

/// <summary>What is known of a back end at one moment.</summary>
/// <param name="State">How far it is.</param>
/// <param name="ProcessId">Its process; null while it has none.</param>
/// <param name="Restarts">How often it was started again after it had died, since it was started by somebody.</param>
/// <param name="LastError">Why it died or failed last, with the last lines of its standard error; null when it never did.</param>
/// <param name="Uptime">How long it has been ready; zero when it is not.</param>
/// <param name="Commands">What it answers, by its own names; empty when it is not ready.</param>
public sealed record BackendStatus(BackendState State, int? ProcessId, int Restarts, string? LastError, TimeSpan Uptime, IReadOnlyList<string> Commands);
