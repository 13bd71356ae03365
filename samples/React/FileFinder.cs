namespace Todo;

/// <summary>Finds files below a folder.</summary>
internal sealed class FileFinder(string folder)
{
    private static readonly EnumerationOptions Everywhere = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 12,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>Finds the files whose names hold a text, while somebody reads on.</summary>
    public IEnumerable<FoundFile> Find(string text)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", Everywhere))
        {
            if (file.Name.Contains(text, StringComparison.OrdinalIgnoreCase) && file.Exists)
            {
                yield return new FoundFile(file.FullName, file.Name, file.Length);
            }
        }
    }
}
