namespace Gallery.Files;

/// <summary>The content of a folder.</summary>
/// <param name="Path">The folder's absolute path.</param>
/// <param name="Parent">The folder that holds it; null for the root.</param>
/// <param name="Entries">Folders and links to folders first, each by name.</param>
/// <param name="Truncated">Whether the folder holds more than the listing.</param>
public sealed record FileListing(string Path, string? Parent, IReadOnlyList<FileEntry> Entries, bool Truncated);
