using System.Globalization;

namespace Oriel;

/// <summary>An opaque sRGB color.</summary>
public readonly record struct Color(byte Red, byte Green, byte Blue)
{
    /// <summary>White.</summary>
    public static Color White { get; } = new(255, 255, 255);

    /// <summary>Reads <c>#rrggbb</c>.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static Color Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        return text.Length == 7 && text[0] == '#' && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new Color((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)
            : throw new FormatException($"\"{text}\" is not a color. Write it as #rrggbb.");
    }
}
