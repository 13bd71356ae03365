namespace Oriel.Protocols;

/// <summary>The answer to a <see cref="ProtocolRequest"/>.</summary>
public sealed record ProtocolResponse
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The media type, with its charset where it is text.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>More headers. Values hold no line breaks.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    /// <summary>The body, when it is at hand. It must not change until the page has it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The body, when it is streamed; it is disposed when the page has it or wants no more.</summary>
    public Stream? Stream { get; init; }

    /// <summary>The length of <see cref="Stream"/> in bytes; null when it is not known.</summary>
    public long? StreamLength { get; init; }

    /// <summary>Creates an answer of text in UTF-8.</summary>
    public static ProtocolResponse Text(string text, string contentType = "text/plain; charset=utf-8", int status = 200) =>
        new() { Status = status, ContentType = contentType, Bytes = System.Text.Encoding.UTF8.GetBytes(text) };

    /// <summary>Creates an answer of bytes.</summary>
    public static ProtocolResponse Of(ReadOnlyMemory<byte> bytes, string contentType = "application/octet-stream") =>
        new() { Bytes = bytes, ContentType = contentType };

    /// <summary>Creates an answer that is an error; the text is for a person and goes to the page.</summary>
    public static ProtocolResponse Error(int status, string text) => Text(text, status: status);

    internal ProtocolResponse With(string header, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [header] = value } };
}
