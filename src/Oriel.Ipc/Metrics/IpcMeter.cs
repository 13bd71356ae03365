using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Oriel.Ipc;

/// <summary>Shows the metrics of all open channels to whoever listens: the meter <c>Oriel.Ipc</c>, named as OpenTelemetry does.</summary>
/// <remarks>Channels are asked when somebody looks. Nothing is done per message, but for the duration of requests, and that only when somebody listens.</remarks>
internal static class IpcMeter
{
    public const string Name = "Oriel.Ipc";

    // Weak: a channel that nobody closed and nobody has any more leaves too.
    private static readonly ConditionalWeakTable<IpcChannelMetrics, object?> Open = [];

    private static Histogram<double>? RequestDuration;
    private static int Begun;
    private static volatile bool IsMade;

    /// <summary>Whether somebody listens to the duration of requests.</summary>
    public static bool WantsDurations => IsMade && IsListenedTo();

    public static void Add(IpcChannelMetrics channel)
    {
        Open.Add(channel, null);

        // Not here: the first meter of a process takes 13 to 38 ms (measured, two cores), while the first channel is part of its start.
        if (Volatile.Read(ref Begun) == 0 && Interlocked.Exchange(ref Begun, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static _ => TryMake(), null);
        }
    }

    public static void Remove(IpcChannelMetrics channel) => Open.Remove(channel);

    /// <summary>Whether a channel is among those that are shown.</summary>
    public static bool Shows(IpcChannelMetrics channel) => Open.TryGetValue(channel, out _);

    /// <summary>Whether the instruments can be listened to: a moment after the first channel.</summary>
    public static bool Exists => IsMade;

    public static void Record(TimeSpan duration, in KeyValuePair<string, object?> name, in KeyValuePair<string, object?> type) =>
        RequestDuration!.Record(duration.TotalSeconds, name, type);

    private static bool IsListenedTo() => RequestDuration!.Enabled;

    private static void TryMake()
    {
        try
        {
            Make();
        }
        catch (Exception)
        {
            // A listener that throws when it is told of an instrument. The program works without its figures.
        }
    }

    private static void Make()
    {
        var meter = new Meter(Name);
        meter.CreateObservableCounter("oriel.ipc.messages.sent", static () => Observe(static channel => channel.MessagesSent), "{message}", "Messages that channels took to send.");
        meter.CreateObservableCounter("oriel.ipc.messages.received", static () => Observe(static channel => channel.MessagesReceived), "{message}", "Messages that channels handed out.");
        meter.CreateObservableCounter("oriel.ipc.messages.dropped", static () => Observe(static channel => channel.MessagesDropped), "{message}", "Messages that full queues threw away.");
        meter.CreateObservableCounter("oriel.ipc.bytes.sent", static () => Observe(static channel => channel.BytesSent), "By", "Bytes that channels took to send.");
        meter.CreateObservableCounter("oriel.ipc.bytes.received", static () => Observe(static channel => channel.BytesReceived), "By", "Bytes that channels handed out.");
        meter.CreateObservableCounter("oriel.ipc.errors", static () => Observe(static channel => channel.Errors), "{error}", "What was refused, broke or could not be handled.");
        meter.CreateObservableGauge("oriel.ipc.queue.peak", static () => Observe(static channel => channel.PeakQueueLength), "{message}", "The most messages that ever waited.");
        meter.CreateObservableGauge("oriel.ipc.channel.uptime", static () => Observe(static channel => channel.Uptime.TotalSeconds), "s", "How long channels have been open.");
        RequestDuration = meter.CreateHistogram<double>("oriel.ipc.request.duration", "s", "How long requests waited for their answers.");
        IsMade = true;
    }

    private static IEnumerable<Measurement<T>> Observe<T>(Func<IpcChannelMetrics, T> read)
        where T : struct
    {
        foreach (var (channel, _) in Open)
        {
            yield return new Measurement<T>(read(channel), channel.Tags);
        }
    }
}
