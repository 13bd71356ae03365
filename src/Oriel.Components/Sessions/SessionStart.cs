namespace Oriel.Components;

/// <summary>What a page says when it begins a session.</summary>
/// <param name="Address">The document's address, with its query and fragment.</param>
/// <param name="IsDark">Whether the system prefers dark colours.</param>
internal sealed record SessionStart(Uri Address, bool IsDark);
