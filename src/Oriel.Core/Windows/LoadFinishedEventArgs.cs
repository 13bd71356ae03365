namespace Oriel;

/// <summary>Tells how a load ended.</summary>
/// <param name="url">What was loaded.</param>
/// <param name="error">Why it failed; null when it did not.</param>
public sealed class LoadFinishedEventArgs(string url, string? error) : EventArgs
{
    /// <summary>What was loaded.</summary>
    public string Url { get; } = url;

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; } = error;
}
