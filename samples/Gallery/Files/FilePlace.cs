namespace Gallery.Files;

/// <summary>A folder from which to begin.</summary>
/// <param name="Name">What it is called on the page.</param>
/// <param name="Path">Its absolute path.</param>
public sealed record FilePlace(string Name, string Path);
