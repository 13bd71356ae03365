namespace Oriel.Ipc;

/// <summary>What every channel can do by what it does.</summary>
public static class IpcChannelExtensions
{
    /// <summary>Sends a message; blocks while the peer is behind.</summary>
    /// <exception cref="IpcException">
    /// As for <see cref="IIpcChannel.SendAsync"/>. <see cref="IpcErrorCode.Busy"/>: the peer is behind, and this thread has a
    /// <see cref="SynchronizationContext"/> (a UI thread, as a rule), which nothing may block. Use <see cref="IIpcChannel.SendAsync"/> there.
    /// </exception>
    public static void Send(this IIpcChannel channel, in IpcMessage message)
    {
        ArgumentNullException.ThrowIfNull(channel);

        if (channel.TrySend(message))
        {
            return;
        }

        if (SynchronizationContext.Current is not null)
        {
            throw new IpcException(IpcErrorCode.Busy, $"\"{channel.Name}\" is behind, and this thread must not wait for it. Use SendAsync.");
        }

        channel.SendAsync(message).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Sends an event; waits while the peer is behind.</summary>
    public static ValueTask EmitAsync(this IIpcChannel channel, string name, IpcPayload data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return channel.SendAsync(IpcMessage.Event(name, data), cancellationToken);
    }

    /// <summary>Sends an event, as <see cref="Send"/> does.</summary>
    public static void Emit(this IIpcChannel channel, string name, IpcPayload data)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        channel.Send(IpcMessage.Event(name, data));
    }

    /// <summary>Sends a JSON value that has no name (RFC 0011); waits while the peer is behind.</summary>
    public static ValueTask SendJsonAsync(this IIpcChannel channel, ReadOnlyMemory<byte> utf8Json, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.SendAsync(new IpcMessage { Kind = IpcMessageKind.Data, Data = utf8Json }, cancellationToken);
    }

    /// <summary>Sends a JSON value that has no name (RFC 0011), as <see cref="Send"/> does.</summary>
    public static void SendJson(this IIpcChannel channel, ReadOnlyMemory<byte> utf8Json) =>
        channel.Send(new IpcMessage { Kind = IpcMessageKind.Data, Data = utf8Json });
}
