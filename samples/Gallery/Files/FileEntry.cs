namespace Gallery.Files;

/// <summary>An entry of a folder.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Path">Its absolute path.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">The bytes of a file; 0 for everything else.</param>
/// <param name="Modified">When it was last written.</param>
/// <param name="Mime">The type that the name suggests, for a file or a link that does not lead to a folder; null when unknown.</param>
public sealed record FileEntry(string Name, string Path, FileKind Kind, long Size, DateTimeOffset Modified, string? Mime);
