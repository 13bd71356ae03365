using System.Buffers;
using System.Text.Json;

namespace Oriel.Components.Wire;

/// <summary>Writes a message for the page: one JSON array.</summary>
internal sealed class FrameWriter : IDisposable
{
    private static readonly JsonWriterOptions s_options = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private readonly Utf8JsonWriter _json;

    public FrameWriter() => _json = new Utf8JsonWriter(_buffer, s_options);

    public Utf8JsonWriter Json => _json;

    /// <summary>Begins a message; number and acknowledgement are its first members.</summary>
    public void Begin(long number, long acknowledged)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartArray();
        _json.WriteNumberValue(number);
        _json.WriteNumberValue(acknowledged);
    }

    public void Op(Op op) => _json.WriteNumberValue((int)op);

    public void Number(long value) => _json.WriteNumberValue(value);

    public void Text(string? value) => _json.WriteStringValue(value ?? "");

    /// <summary>Ends the message and takes it.</summary>
    public byte[] End()
    {
        _json.WriteEndArray();
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    public void Dispose() => _json.Dispose();
}
