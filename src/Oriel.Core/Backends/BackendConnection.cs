using Oriel.Ipc;

namespace Oriel;

/// <summary>Somebody who connected.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="ProcessId">The process at its other end, as the system tells it; null when it does not.</param>
internal readonly record struct BackendConnection(IIpcChannel Channel, int? ProcessId);
