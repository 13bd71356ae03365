using System.Collections.Frozen;

namespace Oriel.Security;

/// <summary>A set of names and of patterns of names.</summary>
/// <remarks>How long a look-up takes depends on the name alone, not on how many patterns there are.</remarks>
internal sealed class NamePatterns
{
    private const string Separators = ".:|/";

    private readonly FrozenSet<string> _names;
    private readonly FrozenSet<string> _prefixes;
    private readonly bool _isAll;

    public NamePatterns(IEnumerable<string> patterns)
    {
        All = [.. patterns.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _isAll = All.Contains("*", StringComparer.Ordinal);
        _names = All.Where(static pattern => !pattern.EndsWith('*')).ToFrozenSet(StringComparer.Ordinal);
        _prefixes = All.Where(static pattern => pattern.Length > 1 && pattern.EndsWith('*')).Select(static pattern => pattern[..^1]).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The patterns, sorted.</summary>
    public IReadOnlyList<string> All { get; }

    public static bool IsSeparator(char c) => Separators.Contains(c, StringComparison.Ordinal);

    /// <summary>Whether a name is one of the names, or fits one of the patterns. Letter by letter: no case, no normalization.</summary>
    public bool Covers(string name) => _names.Contains(name) || (_isAll && !IsOfTheBridge(name)) || IsPrefixed(name);

    // What the bridge itself adds is never meant by "*", whatever it will add one day.
    private static bool IsOfTheBridge(string name) => name.StartsWith("oriel.", StringComparison.Ordinal) || name.StartsWith("oriel:", StringComparison.Ordinal);

    private bool IsPrefixed(ReadOnlySpan<char> name)
    {
        if (_prefixes.Count == 0)
        {
            return false;
        }

        var prefixes = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        var end = 0;
        int next;
        while ((next = name[end..].IndexOfAny(Separators)) >= 0)
        {
            end += next + 1;

            // Behind a prefix stands something: "scans." itself is not one of "scans.*".
            if (end < name.Length && prefixes.Contains(name[..end]))
            {
                return true;
            }
        }

        return false;
    }
}
