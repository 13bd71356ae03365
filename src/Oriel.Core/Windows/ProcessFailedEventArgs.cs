namespace Oriel;

/// <summary>Tells that the web process of a page is gone.</summary>
/// <param name="reason">What the engine knows of it.</param>
public sealed class ProcessFailedEventArgs(string reason) : EventArgs
{
    /// <summary>What the engine knows of it.</summary>
    public string Reason { get; } = reason;
}
