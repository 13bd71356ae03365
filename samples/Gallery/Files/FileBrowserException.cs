namespace Gallery.Files;

/// <summary>A folder cannot be listed; the message tells the user why.</summary>
public sealed class FileBrowserException(string message, Exception? inner = null) : Exception(message, inner);
