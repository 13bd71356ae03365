namespace Oriel.Ipc;

/// <summary>Carries messages to one peer and from it, in order (RFC 0011).</summary>
/// <remarks>
/// Sending is thread-safe. Messages are taken either by receiving (one receiver at a time) or by <see cref="OnMessage"/>, never by
/// both: who comes second gets an <see cref="InvalidOperationException"/>.
/// </remarks>
public interface IIpcChannel : IAsyncDisposable
{
    /// <summary>For logs: what the channel leads to.</summary>
    string Name { get; }

    /// <summary>Ends when no further message can arrive: the peer or this side has shut the channel down. It never fails.</summary>
    Task Closed { get; }

    /// <summary>Why the channel ended; null while it is open, and when it ended in good order.</summary>
    IpcError? Error { get; }

    /// <summary>Whether this side has begun to shut the channel down, or it has ended.</summary>
    bool IsShutdown { get; }

    /// <summary>What has passed so far.</summary>
    IpcChannelMetrics Metrics { get; }

    /// <summary>What the channel can read beyond JSON, as <c>ready</c> offers it (<c>bin1</c>, <c>shm1</c>).</summary>
    IReadOnlyList<string> WireFeatures { get; }

    /// <summary>Sends a message if that needs no waiting.</summary>
    /// <returns>False when the peer is behind: nothing was sent.</returns>
    /// <exception cref="IpcException">As for <see cref="SendAsync"/>.</exception>
    bool TrySend(in IpcMessage message);

    /// <summary>Sends a message; completes when the channel has taken it, which waits while the peer is behind.</summary>
    /// <remarks>
    /// The message's memory may be used again once the task has completed, however it completed. Cancelled before its turn, the message is not sent.
    /// Of one that is half written the rest is kept and written: it arrives all the same.
    /// </remarks>
    /// <exception cref="IpcException">
    /// <see cref="IpcErrorCode.Disconnected"/> or <see cref="IpcErrorCode.ShuttingDown"/>: the channel is closed.
    /// <see cref="IpcErrorCode.InvalidRequest"/>: the message cannot be written, or it is bytes and the peer takes none.
    /// </exception>
    ValueTask SendAsync(IpcMessage message, CancellationToken cancellationToken = default);

    /// <summary>Waits for the next message; null when the channel is closed. The message is valid until the next call.</summary>
    ValueTask<IpcMessage?> ReceiveAsync(CancellationToken cancellationToken = default);

    /// <summary>Blocks until the next message; null when the channel is closed. The message is valid until the next call.</summary>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.Timeout"/>: nothing arrived. Nothing is lost by it.</exception>
    IpcMessage? Receive(TimeSpan timeout);

    /// <summary>Takes a message that is there already. It is valid until the next call.</summary>
    bool TryReceive(out IpcMessage message);

    /// <summary>Has every message handled as it arrives. No further message is handed out until the handler's task completes.</summary>
    /// <remarks>
    /// A handler that throws ends the channel: <see cref="Error"/> says so. Once this side has closed the channel no further call begins, and the
    /// one that was under way may still run.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The channel is being read already.</exception>
    void OnMessage(Func<IpcMessage, ValueTask> handler);

    /// <summary>Waits until everything that was sent has left this process.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.Timeout"/>: it has not, the peer does not read.</exception>
    ValueTask DrainAsync(TimeSpan timeout);

    /// <summary>Closes the channel; what was sent before still arrives, unless the peer does not read it.</summary>
    void Shutdown();

    /// <summary>Closes the channel at once, for a reason that <see cref="Error"/> then is; what has not left is lost.</summary>
    void Abort(IpcError reason);
}
