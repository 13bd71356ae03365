using Oriel.Ipc;

namespace Gallery.Backend;

/// <summary>What the channel of the back end has carried in this life. Latencies are in milliseconds.</summary>
/// <param name="Sent">Messages to it.</param>
/// <param name="Received">Messages from it.</param>
/// <param name="BytesSent">Their bytes.</param>
/// <param name="BytesReceived">Their bytes.</param>
/// <param name="Errors">What was refused, broke or could not be handled.</param>
/// <param name="PeakQueue">The most messages that ever waited to be sent.</param>
/// <param name="Calls">Calls that it has answered.</param>
/// <param name="Mean">How long they took on average.</param>
/// <param name="P50">The median.</param>
/// <param name="P99">What 99 % did not exceed.</param>
public sealed record BackendTraffic(
    long Sent,
    long Received,
    long BytesSent,
    long BytesReceived,
    long Errors,
    long PeakQueue,
    long Calls,
    double Mean,
    double P50,
    double P99)
{
    internal static BackendTraffic Of(IpcChannelMetricsSnapshot metrics) => new(
        metrics.MessagesSent,
        metrics.MessagesReceived,
        metrics.BytesSent,
        metrics.BytesReceived,
        metrics.Errors,
        metrics.PeakQueueLength,
        metrics.Latency.Count,
        metrics.Latency.Mean.TotalMilliseconds,
        metrics.Latency.P50.TotalMilliseconds,
        metrics.Latency.P99.TotalMilliseconds);
}
