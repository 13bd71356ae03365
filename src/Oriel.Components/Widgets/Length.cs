using System.Globalization;

namespace Oriel.Components.Widgets;

/// <summary>A length of CSS: a number and its unit, so that nothing else can be written where a length stands.</summary>
public readonly record struct Length
{
    private static readonly string[] s_units = ["px", "rem", "em", "%", "vw", "vh", "ch", "fr"];

    private readonly double _value;
    private readonly string? _unit;

    private Length(double value, string unit)
    {
        if (!double.IsFinite(value) || Math.Abs(value) > 1_000_000)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A length is a number of at most 1,000,000.");
        }

        _value = value;
        _unit = unit;
    }

    /// <summary>A length in pixels, independent of the screen's scale.</summary>
    public static Length Pixels(double value) => new(value, "px");

    /// <summary>A length in font sizes of the page.</summary>
    public static Length Rem(double value) => new(value, "rem");

    /// <summary>A part of what is around, in percent.</summary>
    public static Length Percent(double value) => new(value, "%");

    /// <summary>A share of the room that is left, in a <see cref="Grid"/>.</summary>
    public static Length Fraction(double value) => new(value, "fr");

    /// <summary>Reads a length such as <c>12px</c>, <c>1.5rem</c> or <c>50%</c>.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static Length Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var unit = Array.Find(s_units, unit => text.EndsWith(unit, StringComparison.Ordinal));
        return unit is not null
            && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
                ? new Length(value, unit)
                : throw new FormatException($"\"{text}\" is not a length. Write a number and one of the units {string.Join(", ", s_units)}.");
    }

    /// <summary>Pixels.</summary>
    public static implicit operator Length(int pixels) => Pixels(pixels);

    /// <summary>Reads a length; see <see cref="Parse"/>.</summary>
    public static implicit operator Length(string text) => Parse(text);

    /// <summary>The length as CSS reads it.</summary>
    public override string ToString() => _value.ToString("0.####", CultureInfo.InvariantCulture) + (_unit ?? "px");
}
