namespace Oriel.Ipc;

/// <summary>Carries messages to one peer and from it, in order (RFC 0011).</summary>
/// <remarks>Sending is thread-safe. Messages are taken either by <see cref="ReceiveAsync"/> or by <see cref="OnMessage"/>, never by both.</remarks>
public interface IIpcChannel : IAsyncDisposable
{
    /// <summary>For logs: what the channel leads to.</summary>
    string Name { get; }

    /// <summary>Ends when no further message can arrive: the peer or this side has shut the channel down.</summary>
    Task Closed { get; }

    /// <summary>Sends a message; completes when the channel has taken it, which waits while the peer is behind.</summary>
    /// <remarks>The message's memory may be used again once the task has completed.</remarks>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.Disconnected"/>: the channel is closed.</exception>
    ValueTask SendAsync(IpcMessage message, CancellationToken cancellationToken = default);

    /// <summary>Waits for the next message; null when the channel is closed. The message is valid until the next call.</summary>
    ValueTask<IpcMessage?> ReceiveAsync(CancellationToken cancellationToken = default);

    /// <summary>Has every message handled as it arrives. No further message is handed out until the handler's task completes.</summary>
    /// <exception cref="InvalidOperationException">The channel is being read already.</exception>
    void OnMessage(Func<IpcMessage, ValueTask> handler);

    /// <summary>Closes the channel; what was sent before still arrives.</summary>
    void Shutdown();
}
