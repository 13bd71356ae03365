using System.Buffers;
using System.Text;

namespace Oriel.Ipc.Tests;

/// <summary>Messages from text and back.</summary>
internal static class Envelope
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    public static string Text(IpcPayload json) => Text(json.Memory);

    public static IpcMessage Accepted(string json, IpcLimits? limits = null)
    {
        Assert.True(EnvelopeReader.TryRead(Utf8(json), limits ?? IpcLimits.Default, out var message, out var error), error?.Message);
        return message;
    }

    public static IpcError Refused(string json, IpcLimits? limits = null) => Refused(Utf8(json), out _, limits);

    public static IpcError Refused(byte[] utf8, out IpcMessage message, IpcLimits? limits = null)
    {
        Assert.False(EnvelopeReader.TryRead(utf8, limits ?? IpcLimits.Default, out message, out var error));
        return error;
    }

    public static string Write(IpcMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        EnvelopeWriter.Write(output, message);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
