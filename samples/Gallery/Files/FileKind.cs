namespace Gallery.Files;

/// <summary>What an entry of a folder is.</summary>
public enum FileKind
{
    /// <summary>A folder.</summary>
    Directory,

    /// <summary>A file with content.</summary>
    File,

    /// <summary>A symbolic link, wherever it leads.</summary>
    Link,

    /// <summary>A pipe, a socket or a device: something that must not be opened to look at it.</summary>
    Other,
}
