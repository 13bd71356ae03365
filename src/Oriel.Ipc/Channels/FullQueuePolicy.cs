namespace Oriel.Ipc;

/// <summary>What happens to a message when as many wait as may.</summary>
/// <remarks>
/// Dropping is for channels that carry events: a request or an answer that is dropped leaves its caller to its time-out. What was dropped is
/// counted (<see cref="IpcChannelMetricsSnapshot.MessagesDropped"/>).
/// </remarks>
public enum FullQueuePolicy
{
    /// <summary>Its sender waits.</summary>
    Wait,

    /// <summary>The message that has waited longest is dropped for it.</summary>
    DropOldest,

    /// <summary>It is dropped itself.</summary>
    DropNewest,

    /// <summary>Sending it fails with <see cref="IpcErrorCode.Busy"/>.</summary>
    Fail,
}
