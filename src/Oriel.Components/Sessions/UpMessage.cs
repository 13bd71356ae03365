using System.Text.Json;

namespace Oriel.Components;

/// <summary>A message of a page: <c>[number, acknowledged, kind, ...]</c>.</summary>
internal sealed class UpMessage : IDisposable
{
    // A page of ours nests no deeper than an event's touches in its arguments; custom events may nest further.
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth };

    /// <summary>The kind of a message that only acknowledges.</summary>
    public const string Acknowledgement = "ack";

    /// <summary>Stands for a message that was too long to be read; no page can send it.</summary>
    public const string TooLong = "\0";

    private readonly JsonDocument _document;

    private UpMessage(JsonDocument document, int length, long number, long acknowledged, string kind)
    {
        Length = length;
        _document = document;
        Number = number;
        Acknowledged = acknowledged;
        Kind = kind;
    }

    /// <summary>The bytes of UTF-8 that are kept of it.</summary>
    public int Length { get; }

    public long Number { get; }

    /// <summary>The number of the last message that the page has applied, all before it included.</summary>
    public long Acknowledged { get; }

    public string Kind { get; }

    /// <summary>The whole message.</summary>
    public JsonElement Content => _document.RootElement;

    /// <exception cref="PageProtocolException">It is no message.</exception>
    public static UpMessage Parse(ReadOnlyMemory<byte> utf8)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, s_options);
        }
        catch (JsonException exception)
        {
            throw new PageProtocolException("The page sent a message that is not JSON, or nested too deeply.", exception);
        }

        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Array
            && root.GetArrayLength() >= 3
            && root[0].ValueKind == JsonValueKind.Number && root[0].TryGetInt64(out var number) && number > 0
            && root[1].ValueKind == JsonValueKind.Number && root[1].TryGetInt64(out var acknowledged) && acknowledged >= 0
            && root[2].ValueKind == JsonValueKind.String && root[2].GetString() is { } kind && kind != TooLong)
        {
            return new(document, utf8.Length, number, acknowledged, kind);
        }

        document.Dispose();
        throw new PageProtocolException("The page sent a message that does not begin with its number, what it acknowledges and its kind.");
    }

    /// <summary>Takes the place of a message that is too long to be read.</summary>
    public static UpMessage Refused(long number, int length) => new(JsonDocument.Parse($"{length}"), 0, number, 0, TooLong);

    /// <summary>The number of a message that is too long to be read; null when there is none.</summary>
    public static long? NumberOf(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8[..Math.Min(utf8.Length, 64)], isFinalBlock: false, default);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartArray
                && reader.Read() && reader.TokenType == JsonTokenType.Number
                && reader.TryGetInt64(out var number) && number > 0 ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _document.Dispose();
}
