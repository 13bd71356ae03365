namespace Oriel;

/// <summary>Data of <see cref="ProcessBackend.StateChanged"/>.</summary>
/// <param name="status">How the back end was right after the change.</param>
public sealed class BackendStateChangedEventArgs(BackendStatus status) : EventArgs
{
    /// <summary>How the back end was right after the change.</summary>
    public BackendStatus Status { get; } = status;
}
