namespace Oriel.Packages.Tests;

/// <summary>The README's first examples, as its reader would copy them.</summary>
internal static class Readme
{
    public static string First(string language)
    {
        const string Fence = "```";

        var text = File.ReadAllText(Repository.PathOf("README.md"));
        var start = text.IndexOf($"{Fence}{language}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"README.md has no example in {language}.");

        start = text.IndexOf('\n', start) + 1;
        return text[start..text.IndexOf(Fence, start, StringComparison.Ordinal)];
    }
}
