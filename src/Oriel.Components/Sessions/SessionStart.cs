namespace Oriel.Components;

/// <summary>What a page says when it begins a session.</summary>
/// <param name="Address">The document's address, with its query and fragment.</param>
/// <param name="IsDark">Whether the system prefers dark colours.</param>
internal sealed record SessionStart(Uri Address, bool IsDark)
{
    /// <summary>The path that routes are relative to, and no navigation leaves; ends with a slash.</summary>
    public string Root { get; init; } = "/";

    /// <summary>The longest message that is taken of it; null for that of <see cref="ComponentsOptions.Limits"/>.</summary>
    public int? MaxMessageBytes { get; init; }
}
