namespace Oriel.Ipc;

/// <summary>Counts what passes through a channel.</summary>
public sealed class IpcChannelMetrics
{
    internal IpcChannelMetrics(string channelName, string channelType)
    {
        ChannelName = channelName;
        ChannelType = channelType;
    }

    /// <summary>The channel's name.</summary>
    public string ChannelName { get; }

    /// <summary>What kind of channel it is: <c>local_socket</c>, <c>thread</c>, <c>stdio</c>, <c>page</c>...</summary>
    public string ChannelType { get; }

    private long _messagesSent;
    private long _messagesReceived;
    private long _bytesSent;
    private long _bytesReceived;
    private long _errors;
    private long _peakQueueLength;
    private long _latency;
    private bool _isClosed;

    internal void OnSent(int bytes)
    {
        Interlocked.Increment(ref _messagesSent);
        Interlocked.Add(ref _bytesSent, bytes);
    }

    internal void OnReceived(int bytes)
    {
        Interlocked.Increment(ref _messagesReceived);
        Interlocked.Add(ref _bytesReceived, bytes);
    }

    internal void OnError() => Interlocked.Increment(ref _errors);

    internal void OnQueued(int length)
    {
        if (length > Volatile.Read(ref _peakQueueLength))
        {
            Volatile.Write(ref _peakQueueLength, length);
        }
    }

    internal void OnAnswered(TimeSpan latency) => Interlocked.Add(ref _latency, latency.Ticks);

    internal void Close() => Volatile.Write(ref _isClosed, true);
}
