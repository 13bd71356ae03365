namespace Oriel;

/// <summary>What <see cref="ProcessPlugin"/> lets pages start.</summary>
public sealed record ProcessPluginOptions
{
    /// <summary>
    /// The scripts that pages may start, by the names that pages use: 1 to 24 letters, digits, <c>-</c> and <c>_</c>. Of a script's options
    /// <see cref="ProcessBackendOptions.Name"/>, <see cref="ProcessBackendOptions.Restart"/>, <see cref="ProcessBackendOptions.StartsItself"/>
    /// and <see cref="ProcessBackendOptions.ForwardedEvents"/> mean nothing here.
    /// </summary>
    public required IReadOnlyDictionary<string, ProcessBackendOptions> Scripts { get; init; }

    /// <summary>How many may run at once; 16 by default.</summary>
    public int MaxChildren { get; init; } = 16;
}
