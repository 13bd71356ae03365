namespace Oriel.Ipc;

/// <summary>Answers a request, by <see cref="IpcCall.Result"/> or by the items of a stream.</summary>
public delegate ValueTask IpcHandler(IpcCall call);

/// <summary>Where a request goes.</summary>
/// <param name="Handler">What answers it.</param>
/// <param name="Context">Where it runs; the thread pool when null.</param>
public readonly record struct IpcRoute(IpcHandler Handler, SynchronizationContext? Context = null);
