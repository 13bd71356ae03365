using Oriel;

/// <summary>Looks at folders.</summary>
[Commands]
public sealed class FileScans
{
    /// <summary>Walks a folder and reports every file as it is found.</summary>
    /// <param name="root">Where to begin.</param>
    [Command]
    public async IAsyncEnumerable<FileFound> Walk(string root, int depth = 3)
    {
        await Task.Yield();
        yield return new FileFound(root, depth);
    }

    [Command]
    public Task<int> CountAsync(string root) => Task.FromResult(root.Length);

    [Command("known")]
    public bool IsKnown(Guid id) => id != Guid.Empty;

    [Command]
    public static string Shared() => "";

    public void NotACommand()
    {
    }
}

/// <summary>A file that was found.</summary>
public sealed record FileFound(string Path, long Length);
