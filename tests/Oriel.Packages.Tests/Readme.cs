namespace Oriel.Packages.Tests;

/// <summary>The README's example, as its reader would copy it.</summary>
internal static class Readme
{
    public static string FirstExample()
    {
        const string Fence = "```";

        var text = File.ReadAllText(Repository.PathOf("README.md"));
        var start = text.IndexOf($"{Fence}csharp\n", StringComparison.Ordinal);
        Assert.True(start >= 0, "README.md has no example in C#.");

        start = text.IndexOf('\n', start) + 1;
        return text[start..text.IndexOf(Fence, start, StringComparison.Ordinal)];
    }
}
