using System.Globalization;

namespace Oriel.Protocols;

/// <summary>The Range header of a request (RFC 9110, 14.2): a single range of bytes.</summary>
/// <remarks>Several ranges, and what is not a range of bytes, are ignored, as the RFC allows: the answer is the whole then.</remarks>
internal static class RangeHeader
{
    public enum Outcome
    {
        Whole,
        Part,
        Unsatisfiable,
    }

    public static Outcome Parse(string? header, long length, out long first, out long count)
    {
        first = 0;
        count = length;

        const string Unit = "bytes=";
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) || header.Contains(','))
        {
            return Outcome.Whole;
        }

        var range = header.AsSpan(Unit.Length).Trim();
        var dash = range.IndexOf('-');
        if (dash < 0 || !TryParse(range[..dash], out var from) || !TryParse(range[(dash + 1)..], out var to) || (from is null && to is null) || to < from)
        {
            return Outcome.Whole;
        }

        if (from is null)
        {
            // The last so many bytes.
            count = Math.Min(to!.Value, length);
            first = length - count;
            return count == 0 ? Outcome.Unsatisfiable : Outcome.Part;
        }

        if (from >= length)
        {
            return Outcome.Unsatisfiable;
        }

        first = from.Value;
        count = Math.Min(to ?? long.MaxValue, length - 1) - first + 1;
        return Outcome.Part;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out long? value)
    {
        value = null;
        if (text.IsEmpty)
        {
            return true;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        value = number;
        return true;
    }
}
