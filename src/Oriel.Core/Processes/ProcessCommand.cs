using System.Buffers;
using System.Text;

namespace Oriel.Processes;

/// <summary>A program to start, and what it is given. The arguments reach it one by one: no shell reads them.</summary>
internal sealed record ProcessCommand(string Program, IReadOnlyList<string> Arguments)
{
    private const int MaxTextLength = 500;

    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\n\"'\\$`");

    /// <summary>Where it runs; the folder of this process when null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Its environment beyond this process's own; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether its standard input is the caller's to write; otherwise it is empty.</summary>
    public bool TakesInput { get; init; }

    /// <summary>The command line as somebody would type it, for messages.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Quote(Program));
        foreach (var argument in Arguments)
        {
            text.Append(' ').Append(Quote(argument));
            if (text.Length > MaxTextLength)
            {
                return string.Concat(text.ToString().AsSpan(0, MaxTextLength), "...");
            }
        }

        return text.ToString();
    }

    private static string Quote(string text) => text.Length > 0 && text.AsSpan().IndexOfAny(Special) < 0 ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
