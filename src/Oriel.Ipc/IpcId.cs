using System.Buffers;
using System.Globalization;
using System.Text;

namespace Oriel.Ipc;

/// <summary>Correlates a request with its answer.</summary>
/// <remarks>
/// On the wire an id is a string. Those that we mint are decimal numbers and are kept as one, so that a call allocates
/// nothing for them; a peer's are opaque and compared letter by letter.
/// </remarks>
public readonly struct IpcId : IEquatable<IpcId>
{
    /// <summary>The longest id that is accepted, in bytes of UTF-8.</summary>
    public const int MaxLength = 128;

    private const int MaxDigits = 19;

    private readonly string? _text;
    private readonly long _numberPlusOne;

    /// <summary>Creates an id that is a number.</summary>
    /// <param name="number">Zero or more.</param>
    public IpcId(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfEqual(number, long.MaxValue);
        _numberPlusOne = number + 1;
    }

    /// <summary>Creates an id from a peer's text.</summary>
    public IpcId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        if (IsCanonical(text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue)
        {
            _numberPlusOne = number + 1;
        }
        else
        {
            _text = text;
        }
    }

    /// <summary>Whether there is no id.</summary>
    public bool IsNone => _text is null && _numberPlusOne == 0;

    /// <summary>Whether the id is a number, as all that we mint are.</summary>
    public bool TryGetNumber(out long number)
    {
        number = _numberPlusOne - 1;
        return _numberPlusOne != 0;
    }

    /// <summary>Reads an id from UTF-8 without allocating when it is a number.</summary>
    internal static IpcId FromUtf8(ReadOnlySpan<byte> utf8) =>
        TryReadNumber(utf8, out var id) is var digits and > 0 && digits == utf8.Length ? id : new IpcId(Encoding.UTF8.GetString(utf8));

    /// <summary>Reads the digits that a text begins with, when they are a number as we write it: up to 18, without leading zeros.</summary>
    /// <returns>How many they are; zero when there is no such number.</returns>
    internal static int TryReadNumber(ReadOnlySpan<byte> utf8, out IpcId id)
    {
        id = default;
        long number = 0;
        var digits = 0;
        while (digits < utf8.Length && digits < MaxDigits && (uint)(utf8[digits] - '0') <= 9)
        {
            number = number * 10 + (utf8[digits++] - '0');
        }

        if (digits is 0 or MaxDigits || (digits > 1 && utf8[0] == (byte)'0'))
        {
            return 0;
        }

        id = new IpcId(number);
        return digits;
    }

    /// <summary>Writes the id as a JSON string.</summary>
    internal void WriteJson(IBufferWriter<byte> output)
    {
        if (_text is not null)
        {
            JsonText.WriteString(output, _text);
            return;
        }

        var span = output.GetSpan(MaxDigits + 3);
        span[0] = (byte)'"';
        (_numberPlusOne - 1).TryFormat(span[1..], out var written, default, CultureInfo.InvariantCulture);
        span[written + 1] = (byte)'"';
        output.Advance(written + 2);
    }

    /// <inheritdoc/>
    public bool Equals(IpcId other) => _numberPlusOne == other._numberPlusOne && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IpcId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _text is null ? _numberPlusOne.GetHashCode() : StringComparer.Ordinal.GetHashCode(_text);

    /// <inheritdoc/>
    public override string ToString() => _text ?? (_numberPlusOne == 0 ? "" : (_numberPlusOne - 1).ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether two ids are the same.</summary>
    public static bool operator ==(IpcId left, IpcId right) => left.Equals(right);

    /// <summary>Whether two ids differ.</summary>
    public static bool operator !=(IpcId left, IpcId right) => !left.Equals(right);

    // "007" is another id than "7": only the form that we would write ourselves is a number.
    private static bool IsCanonical(string text) =>
        text.Length is > 0 and <= MaxDigits && (text[0] != '0' || text.Length == 1) && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
