using System.Text.RegularExpressions;

namespace Oriel.Components.Tests.Documents;

/// <summary>The page of the documentation that teaches components, and those beside it.</summary>
internal static partial class Page
{
    /// <summary>Where it is: <c>docs/components.md</c>.</summary>
    public const string Name = "docs/components.md";

    /// <summary>The blocks of a language in a page, each with the line that it begins in.</summary>
    public static IReadOnlyList<(int Line, string Code)> Blocks(string language, string page = Name)
    {
        var text = Files.Read(page);
        return [.. Block().Matches(text)
            .Where(match => match.Groups["language"].Value == language)
            .Select(match => (text.AsSpan(0, match.Groups["code"].Index).Count('\n') + 1, match.Groups["code"].Value))];
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
