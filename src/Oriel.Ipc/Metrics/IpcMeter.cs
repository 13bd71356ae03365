using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Oriel.Ipc;

/// <summary>Shows the metrics of all open channels to whoever listens: the meter <c>Oriel.Ipc</c>, named as OpenTelemetry does.</summary>
/// <remarks>Channels are asked when somebody looks. Nothing is done per message, but for the duration of requests, and that only when somebody listens.</remarks>
internal static class IpcMeter
{
    public const string Name = "Oriel.Ipc";

    private static readonly Meter Meter = new(Name);

    // Weak: a channel that nobody closed and nobody has any more leaves too.
    private static readonly ConditionalWeakTable<IpcChannelMetrics, object?> Open = [];

    public static Histogram<double> RequestDuration { get; } =
        Meter.CreateHistogram<double>("oriel.ipc.request.duration", "s", "How long requests waited for their answers.");

    static IpcMeter()
    {
        Meter.CreateObservableCounter("oriel.ipc.messages.sent", static () => Observe(static channel => channel.MessagesSent), "{message}", "Messages that channels took to send.");
        Meter.CreateObservableCounter("oriel.ipc.messages.received", static () => Observe(static channel => channel.MessagesReceived), "{message}", "Messages that channels handed out.");
        Meter.CreateObservableCounter("oriel.ipc.messages.dropped", static () => Observe(static channel => channel.MessagesDropped), "{message}", "Messages that full queues threw away.");
        Meter.CreateObservableCounter("oriel.ipc.bytes.sent", static () => Observe(static channel => channel.BytesSent), "By", "Bytes that channels took to send.");
        Meter.CreateObservableCounter("oriel.ipc.bytes.received", static () => Observe(static channel => channel.BytesReceived), "By", "Bytes that channels handed out.");
        Meter.CreateObservableCounter("oriel.ipc.errors", static () => Observe(static channel => channel.Errors), "{error}", "What was refused, broke or could not be handled.");
        Meter.CreateObservableGauge("oriel.ipc.queue.peak", static () => Observe(static channel => channel.PeakQueueLength), "{message}", "The most messages that ever waited.");
        Meter.CreateObservableGauge("oriel.ipc.channel.uptime", static () => Observe(static channel => channel.Uptime.TotalSeconds), "s", "How long channels have been open.");
    }

    public static void Add(IpcChannelMetrics channel) => Open.Add(channel, null);

    public static void Remove(IpcChannelMetrics channel) => Open.Remove(channel);

    /// <summary>Whether a channel is among those that are shown.</summary>
    public static bool Shows(IpcChannelMetrics channel) => Open.TryGetValue(channel, out _);

    private static IEnumerable<Measurement<T>> Observe<T>(Func<IpcChannelMetrics, T> read)
        where T : struct
    {
        foreach (var (channel, _) in Open)
        {
            yield return new Measurement<T>(read(channel), channel.Tags);
        }
    }
}
