using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Oriel.Ipc;

/// <summary>Counts what passes through a channel.</summary>
/// <remarks>Thread-safe. The meter <c>Oriel.Ipc</c> shows the same of every open channel (docs/ipc.md).</remarks>
public sealed class IpcChannelMetrics
{
    private static long LastId;

    private readonly long _createdAt = Stopwatch.GetTimestamp();
    private readonly KeyValuePair<string, object?> _nameTag;
    private readonly KeyValuePair<string, object?> _typeTag;
    private Traffic _sent;
    private Traffic _received;
    private LatencyHistogram? _latencies;
    private long _errors;
    private long _dropped;
    private long _peakQueueLength;
    private long _closedAt;

    internal IpcChannelMetrics(string channelName, string channelType)
    {
        ChannelName = channelName;
        ChannelType = channelType;
        _nameTag = new KeyValuePair<string, object?>("channel.name", channelName);
        _typeTag = new KeyValuePair<string, object?>("channel.type", channelType);
        Tags = [_nameTag, _typeTag, new KeyValuePair<string, object?>("channel.id", Interlocked.Increment(ref LastId))];
        IpcMeter.Add(this);
    }

    /// <summary>The channel's name.</summary>
    public string ChannelName { get; }

    /// <summary>What kind of channel it is: <c>local_socket</c>, <c>thread</c>, <c>stdio</c>, <c>page</c>...</summary>
    public string ChannelType { get; }

    /// <summary>What tells this channel from all others of the process.</summary>
    internal KeyValuePair<string, object?>[] Tags { get; }

    internal long MessagesSent => Volatile.Read(ref _sent.Messages);

    internal long MessagesReceived => Volatile.Read(ref _received.Messages);

    internal long MessagesDropped => Volatile.Read(ref _dropped);

    internal long BytesSent => Volatile.Read(ref _sent.Bytes);

    internal long BytesReceived => Volatile.Read(ref _received.Bytes);

    internal long Errors => Volatile.Read(ref _errors);

    internal long PeakQueueLength => Volatile.Read(ref _peakQueueLength);

    internal TimeSpan Uptime => Volatile.Read(ref _closedAt) is var closedAt and > 0
        ? Stopwatch.GetElapsedTime(_createdAt, closedAt)
        : Stopwatch.GetElapsedTime(_createdAt);

    /// <summary>Takes down what has passed so far.</summary>
    public IpcChannelMetricsSnapshot Snapshot() => new()
    {
        ChannelName = ChannelName,
        ChannelType = ChannelType,
        MessagesSent = MessagesSent,
        MessagesReceived = MessagesReceived,
        BytesSent = BytesSent,
        BytesReceived = BytesReceived,
        Errors = Errors,
        MessagesDropped = MessagesDropped,
        Latency = Volatile.Read(ref _latencies)?.Summarize() ?? default,
        PeakQueueLength = PeakQueueLength,
        Uptime = Uptime,
        IsClosed = Volatile.Read(ref _closedAt) > 0,
    };

    internal void OnSent(int bytes)
    {
        Interlocked.Increment(ref _sent.Messages);
        Interlocked.Add(ref _sent.Bytes, bytes);
    }

    // A channel has one reader at a time: these have one writer, and need no atomic addition.
    internal void OnReceived(int bytes)
    {
        Volatile.Write(ref _received.Messages, _received.Messages + 1);
        Volatile.Write(ref _received.Bytes, _received.Bytes + bytes);
    }

    internal void OnError() => Interlocked.Increment(ref _errors);

    internal void OnDropped() => Interlocked.Increment(ref _dropped);

    internal void OnQueued(int length) => AtomicMax.Raise(ref _peakQueueLength, length);

    internal void OnAnswered(TimeSpan latency)
    {
        (Volatile.Read(ref _latencies) ?? CreateLatencies()).Record(latency);
        if (IpcMeter.WantsDurations)
        {
            IpcMeter.Record(latency, _nameTag, _typeTag);
        }
    }

    internal void Close()
    {
        if (Interlocked.CompareExchange(ref _closedAt, Stopwatch.GetTimestamp(), 0) == 0)
        {
            IpcMeter.Remove(this);
        }
    }

    // Several kilobytes, for channels that make requests alone.
    private LatencyHistogram CreateLatencies()
    {
        Interlocked.CompareExchange(ref _latencies, new LatencyHistogram(), null);
        return _latencies;
    }

    /// <summary>One direction; as long as a processor's cache line, since another thread counts the other direction.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Traffic
    {
        public long Messages;
        public long Bytes;
    }
}
