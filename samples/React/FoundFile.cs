namespace Todo;

/// <summary>A file that a search has found.</summary>
internal sealed record FoundFile(string Path, string Name, long Bytes);
