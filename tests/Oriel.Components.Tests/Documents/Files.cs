using System.Reflection;

namespace Oriel.Components.Tests.Documents;

/// <summary>The files of the checkout.</summary>
internal static class Files
{
    private static readonly string s_root = typeof(Files).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string Read(string path) => File.ReadAllText(Path.Join(s_root, path)).ReplaceLineEndings("\n");

    /// <summary>The files of a folder and those below it, by their paths in the checkout.</summary>
    public static IEnumerable<string> Below(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Join(s_root, folder), pattern, SearchOption.AllDirectories).Select(static path => Path.GetRelativePath(s_root, path));
}
