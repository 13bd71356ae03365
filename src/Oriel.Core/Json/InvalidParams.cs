using System.Buffers;
using System.Text.Json;
using Oriel.Ipc;

namespace Oriel;

/// <summary>What a page is told when something that it sent does not fit: arguments, values of streams, states.</summary>
internal static class InvalidParams
{
    /// <summary>The error, with the path of what does not fit as its data.</summary>
    public static IpcException At(string path, string message)
    {
        var data = new ArrayBufferWriter<byte>();
        data.Write("{\"path\":"u8);
        JsonText.WriteString(data, path);
        data.Write("}"u8);
        return new IpcException(new IpcError(IpcErrorCode.InvalidParams, message, data.WrittenMemory));
    }

    /// <summary>Whether an exception of reading JSON is about the JSON.</summary>
    /// <remarks>
    /// An <see cref="InvalidOperationException"/> is about a lone surrogate: JSON allows it, a .NET string of it cannot be read. The others are what
    /// constructors and converters throw that do not accept what they are given.
    /// </remarks>
    public static bool IsCauseOf(Exception exception) => exception is JsonException or InvalidOperationException or ArgumentException or FormatException or OverflowException;

    /// <summary>Where it is, as far as the exception says.</summary>
    public static string? PathOf(Exception exception) => (exception as JsonException)?.Path;

    /// <summary>What is wrong there.</summary>
    public static string ReasonOf(Exception exception)
    {
        // The serializer's message goes on with the path and the byte position, which the error has already.
        var end = exception is JsonException ? exception.Message.IndexOf(" Path: ", StringComparison.Ordinal) : -1;
        return end < 0 ? exception.Message : exception.Message[..end];
    }
}
