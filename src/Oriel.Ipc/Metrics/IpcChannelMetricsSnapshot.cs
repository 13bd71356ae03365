namespace Oriel.Ipc;

/// <summary>What had passed through a channel at one moment.</summary>
/// <remarks>The numbers are read one after the other while the channel works, so that one may be a message ahead of another.</remarks>
public sealed record IpcChannelMetricsSnapshot
{
    /// <summary>The channel's name.</summary>
    public required string ChannelName { get; init; }

    /// <summary>What kind of channel it is: <c>local_socket</c>, <c>thread</c>, <c>stdio</c>, <c>page</c>...</summary>
    public required string ChannelType { get; init; }

    /// <summary>Messages that the channel took to send.</summary>
    public long MessagesSent { get; init; }

    /// <summary>Messages that were handed out.</summary>
    public long MessagesReceived { get; init; }

    /// <summary>Bytes of the messages that were sent: as they are on the wire; where nothing is serialized, of their payloads.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes of the messages that were handed out, counted as <see cref="BytesSent"/>.</summary>
    public long BytesReceived { get; init; }

    /// <summary>What was refused, broke or could not be handled.</summary>
    public long Errors { get; init; }

    /// <summary>Messages that were taken and thrown away, because the queue was full and its policy says so.</summary>
    public long MessagesDropped { get; init; }

    /// <summary>How long this side's requests waited for their answers.</summary>
    public IpcLatency Latency { get; init; }

    /// <summary>The most messages that ever waited to be sent, or in a channel between threads to be received.</summary>
    public long PeakQueueLength { get; init; }

    /// <summary>How long the channel has been open, or was.</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>Whether the channel has ended.</summary>
    public bool IsClosed { get; init; }
}
