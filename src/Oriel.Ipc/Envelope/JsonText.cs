using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Oriel.Ipc;

/// <summary>Writes the small pieces of JSON that an envelope consists of.</summary>
internal static class JsonText
{
    // What may stand in a JSON string as it is: printable ASCII but for the quote and the backslash.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static void WriteString(IBufferWriter<byte> output, string value)
    {
        if (value.AsSpan().ContainsAnyExcept(Plain))
        {
            // By UTF-8, which puts U+FFFD for half a surrogate pair: an exception's text may have been cut anywhere.
            output.Write("\""u8);
            output.Write(JsonEncodedText.Encode(Encoding.UTF8.GetBytes(value), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
            output.Write("\""u8);
            return;
        }

        var span = output.GetSpan(value.Length + 2);
        span[0] = (byte)'"';
        Encoding.ASCII.GetBytes(value, span[1..]);
        span[value.Length + 1] = (byte)'"';
        output.Advance(value.Length + 2);
    }

    public static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        var span = output.GetSpan(20);
        value.TryFormat(span, out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}
