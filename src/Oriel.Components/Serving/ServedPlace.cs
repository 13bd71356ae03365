namespace Oriel.Components;

/// <summary>A place where pages are served, with its own socket: whoever is let in there is not let in at another.</summary>
/// <param name="prefix">The path that its addresses begin with, without a slash at its end; empty for all.</param>
/// <param name="find">What is served at a path; null for nothing.</param>
internal sealed class ServedPlace(string prefix, Func<string, ServedPage?> find)
{
    /// <summary>Where its pages connect.</summary>
    public string Socket => $"{prefix}/_oriel/socket";

    /// <summary>What the addresses of bytes begin with.</summary>
    public string ContentFolder => $"{prefix}/_oriel/bytes/";

    /// <summary>Whether a path is another one, or below it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="above">The other one, without a slash at its end; empty for all.</param>
    public static bool IsBelow(string path, string above) =>
        path.StartsWith(above, StringComparison.Ordinal) && (path.Length == above.Length || above.Length == 0 || path[above.Length] == '/');

    /// <summary>What is served at a path; null for nothing.</summary>
    public ServedPage? Find(string path) => find(path);
}
