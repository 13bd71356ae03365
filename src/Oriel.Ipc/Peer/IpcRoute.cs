namespace Oriel.Ipc;

/// <summary>Answers a request, by <see cref="IpcCall.Result"/> or by the items of a stream.</summary>
public delegate ValueTask IpcHandler(IpcCall call);

/// <summary>Where a request goes.</summary>
/// <param name="Handler">What answers it.</param>
/// <param name="Context">Where it runs; the thread pool when null.</param>
public readonly record struct IpcRoute(IpcHandler Handler, SynchronizationContext? Context = null)
{
    /// <summary>
    /// Whether the handler runs where messages are read, without a copy of its arguments and a change of thread. For handlers that end at
    /// once: nothing else is read until it has, a cancellation neither, so it must not wait for the peer. Streams are never run so.
    /// </summary>
    public bool Inline { get; init; }
}
