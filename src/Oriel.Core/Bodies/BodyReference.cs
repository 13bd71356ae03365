using System.Globalization;
using System.Text.Json;

namespace Oriel;

/// <summary>What stands in JSON where bytes travel beside it: <c>{"$body":"7","length":123}</c> from a page, with an address to it.</summary>
/// <param name="Id">The page's number of the body.</param>
/// <param name="Length">How many bytes there will be; null when the page does not know.</param>
internal readonly record struct BodyReference(long Id, long? Length)
{
    /// <summary>Reads a reference of a page, the reader standing on its first token.</summary>
    /// <exception cref="JsonException">The value is no reference.</exception>
    public static BodyReference Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw NotBytes();
        }

        long? id = null;
        long? length = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("$body"u8) && id is null)
            {
                reader.Read();
                id = reader.TokenType == JsonTokenType.String && TryParseId(reader.GetString()!, out var number) ? number : throw NotBytes();
            }
            else if (reader.ValueTextEquals("length"u8) && length is null)
            {
                reader.Read();
                length = reader.TokenType switch
                {
                    JsonTokenType.Null => null,
                    JsonTokenType.Number when reader.TryGetInt64(out var value) && value >= 0 => value,
                    _ => throw NotBytes(),
                };
            }
            else
            {
                throw NotBytes();
            }
        }

        return id is { } found ? new BodyReference(found, length) : throw NotBytes();
    }

    /// <summary>Reads arguments that are a reference as a whole.</summary>
    /// <returns>Whether they are one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out BodyReference reference)
    {
        reference = default;
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            reference = Read(ref reader);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is a lone surrogate: JSON allows it, a .NET string of it cannot be read.
            return false;
        }
    }

    /// <summary>Reads the number of a body: decimal, in the one form that a writer gives it.</summary>
    public static bool TryParseId(ReadOnlySpan<char> text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && text.Length <= 16 && (text[0] != '0' || text.Length == 1);

    /// <summary>Writes the reference to a parked body.</summary>
    public static void Write(Utf8JsonWriter writer, string address, DownBody body)
    {
        writer.WriteStartObject();
        writer.WriteString("$body"u8, address);
        writer.WriteString("kind"u8, body.IsStream ? "stream"u8 : "bytes"u8);
        if (body.Length is { } length)
        {
            writer.WriteNumber("length"u8, length);
        }
        else
        {
            writer.WriteNull("length"u8);
        }

        writer.WriteString("type"u8, body.ContentType);
        writer.WriteEndObject();
    }

    private static JsonException NotBytes() =>
        new("Bytes are wanted here: pass a Uint8Array, an ArrayBuffer, a Blob or a ReadableStream of bytes.");
}
