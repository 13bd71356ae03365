using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Oriel.Components.Wire;

/// <summary>Writes a message for the page: one JSON array, which gets its number when it is sent.</summary>
internal sealed class FrameWriter : IDisposable
{
    // What a first render of a large page needs is not kept for the small frames that follow it.
    private const int MostKept = 1024 * 1024;

    private static readonly JsonWriterOptions s_options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json;
    private ArrayBufferWriter<byte> _buffer = new(256);

    public FrameWriter() => _json = new Utf8JsonWriter(_buffer, s_options);

    public Utf8JsonWriter Json => _json;

    /// <summary>Whether nothing has been written since the beginning.</summary>
    public bool IsEmpty => _json.BytesCommitted + _json.BytesPending <= 1;

    public void Begin()
    {
        if (_buffer.Capacity > MostKept)
        {
            _buffer = new(256);
        }

        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartArray();
    }

    public void Op(Op op) => _json.WriteNumberValue((int)op);

    public void Number(long value) => _json.WriteNumberValue(value);

    public void Text(string? value) => _json.WriteStringValue(value ?? "");

    /// <summary>Ends what is written. It can be taken then.</summary>
    public void End()
    {
        _json.WriteEndArray();
        _json.Flush();
    }

    /// <summary>The message with its number and what it acknowledges.</summary>
    public byte[] Take(long number, long acknowledged)
    {
        Span<byte> head = stackalloc byte[48];
        head[0] = (byte)'[';
        Utf8Formatter.TryFormat(number, head[1..], out var length);
        head[++length] = (byte)',';
        Utf8Formatter.TryFormat(acknowledged, head[++length..], out var more);
        length += more;
        head[length++] = (byte)',';

        // What has been written begins with a bracket, which the head has.
        var content = _buffer.WrittenSpan[1..];
        var message = new byte[length + content.Length];
        head[..length].CopyTo(message);
        content.CopyTo(message.AsSpan(length));
        return message;
    }

    public void Dispose() => _json.Dispose();
}
