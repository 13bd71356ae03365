namespace Oriel.Build;

/// <summary>The way from one module to another, as an import names it.</summary>
internal static class ImportPath
{
    /// <param name="from">The file that imports.</param>
    /// <param name="to">The file that is imported.</param>
    public static string Between(string from, string to)
    {
        string[] start = Parts(Path.GetDirectoryName(Path.GetFullPath(from))!);
        string[] end = Parts(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(to))!, Path.GetFileNameWithoutExtension(to)));
        var shared = 0;
        while (shared < start.Length && shared < end.Length - 1 && start[shared] == end[shared])
        {
            shared++;
        }

        var up = start.Length == shared ? "./" : string.Concat(Enumerable.Repeat("../", start.Length - shared));
        return up + string.Join("/", end.Skip(shared));
    }

    private static string[] Parts(string path) => path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
