using Oriel;

namespace Gallery;

/// <summary>What the Gallery is started with.</summary>
public sealed record GalleryOptions
{
    /// <summary>The pages by their names in the address.</summary>
    public static IReadOnlyList<string> Pages { get; } = ["monitor", "files", "bridge", "events", "backend"];

    /// <summary>The page that is shown first: one of <see cref="Pages"/>.</summary>
    public string Page { get; init; } = Pages[0];

    /// <summary>The theme; null leaves it to what the user chose on the page, or to the system.</summary>
    public Theme? Theme { get; init; }

    /// <summary>The folder, or the file, that the Files page shows first; null for its own choice.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the window may do what a guest may, and no more.</summary>
    public bool IsGuest { get; init; }

    /// <summary>The size of the window's content.</summary>
    public WindowSize Size { get; init; } = new(1280, 800);

    /// <summary>A file for a picture of the window, after which the Gallery quits; null for none.</summary>
    public string? Screenshot { get; init; }

    /// <summary>How long the page runs before its picture is taken.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The address of the page with all that it reads from there.</summary>
    public string Url
    {
        get
        {
            var query = new List<string>();
            Add(query, "theme", Theme?.ToString().ToLowerInvariant());

            Add(query, "window", IsGuest ? "guest" : null);

            if (Path is not null)
            {
                var path = System.IO.Path.GetFullPath(Path);
                var isFile = File.Exists(path);
                Add(query, "path", isFile ? System.IO.Path.GetDirectoryName(path) : path);
                Add(query, "file", isFile ? path : null);
            }

            return $"index.html{(query.Count > 0 ? "?" : "")}{string.Join('&', query)}#{Page}";
        }
    }

    private static void Add(List<string> query, string name, string? value)
    {
        if (value is not null)
        {
            query.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }
}
