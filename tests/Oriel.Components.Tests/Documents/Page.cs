using System.Text.RegularExpressions;

namespace Oriel.Components.Tests.Documents;

/// <summary>A page of the documentation.</summary>
internal static partial class Page
{
    /// <summary>Where it is: <c>docs/components.md</c>.</summary>
    public const string Name = "docs/components.md";

    /// <summary>The blocks of a language, each with the line that it begins in.</summary>
    public static IReadOnlyList<(int Line, string Code)> Blocks(string language)
    {
        var text = Files.Read(Name);
        return [.. Block().Matches(text)
            .Where(match => match.Groups["language"].Value == language)
            .Select(match => (text.AsSpan(0, match.Groups["code"].Index).Count('\n') + 1, match.Groups["code"].Value))];
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
