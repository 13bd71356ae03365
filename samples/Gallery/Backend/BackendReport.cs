using Oriel;

namespace Gallery.Backend;

/// <summary>How the back end is, and what its channel has carried.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Pid">Its process; null while it has none.</param>
/// <param name="Uptime">How long it has been ready, in seconds.</param>
/// <param name="Restarts">How often it was started again after it had died.</param>
/// <param name="LastError">Why it died or failed last.</param>
/// <param name="Commands">What it answers, by its own names.</param>
/// <param name="Traffic">What its channel has carried; null when it is not ready.</param>
public sealed record BackendReport(
    BackendState State,
    int? Pid,
    double Uptime,
    int Restarts,
    string? LastError,
    IReadOnlyList<string> Commands,
    BackendTraffic? Traffic)
{
    /// <summary>Takes down how a back end is now.</summary>
    internal static BackendReport Of(ProcessBackend backend)
    {
        var status = backend.Status;
        return new BackendReport(
            status.State,
            status.ProcessId,
            status.Uptime.TotalSeconds,
            status.Restarts,
            status.LastError,
            status.Commands,
            backend.Metrics is { } metrics ? BackendTraffic.Of(metrics.Snapshot()) : null);
    }
}
