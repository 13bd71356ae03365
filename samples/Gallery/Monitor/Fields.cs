using System.Buffers.Text;

namespace Gallery.Monitor;

/// <summary>Walks over the fields of a line that are separated by blanks.</summary>
internal ref struct Fields(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;

    /// <summary>The next field; empty at the end of the line.</summary>
    public ReadOnlySpan<byte> Next()
    {
        _rest = _rest.TrimStart(" \t"u8);
        var end = _rest.IndexOfAny(" \t\n"u8);
        var field = end < 0 ? _rest : _rest[..end];
        _rest = _rest[field.Length..];
        return field;
    }

    /// <summary>The next field as a number; zero when it is none.</summary>
    public ulong NextNumber() => Number(Next());

    /// <summary>The next field as a number that may be negative; zero when it is none.</summary>
    public long NextSigned() => Utf8Parser.TryParse(Next(), out long value, out _) ? value : 0;

    /// <summary>The next field as a number with a fraction; zero when it is none.</summary>
    public double NextFraction() => Utf8Parser.TryParse(Next(), out double value, out _) ? value : 0;

    public void Skip(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Next();
        }
    }

    /// <summary>The number at the beginning of a text; zero when there is none.</summary>
    public static ulong Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out ulong value, out _) ? value : 0;
}
