using System.Buffers;

namespace Oriel.Ipc;

/// <summary>Writes messages as UTF-8 JSON.</summary>
public static class EnvelopeWriter
{
    /// <summary>Writes one message.</summary>
    /// <exception cref="IpcException">
    /// <see cref="IpcErrorCode.InvalidRequest"/>: the payload holds a raw line feed, which would end the message where messages are lines.
    /// </exception>
    public static void Write(IBufferWriter<byte> output, in IpcMessage message)
    {
        ArgumentNullException.ThrowIfNull(output);

        if (message.Error is { } error)
        {
            WriteStart(output, message);
            WriteError(output, error);
        }
        else
        {
            WriteHead(output, message);
            output.Write(message.Data.IsEmpty ? "null"u8 : message.Data.Span);
        }

        output.Write("}"u8);
    }

    /// <summary>Writes what stands in front of the payload; the payload and a closing brace make it a message.</summary>
    internal static void WriteHead(IBufferWriter<byte> output, in IpcMessage message)
    {
        RefuseLineFeed(message.Data.Span);
        WriteStart(output, message);
        output.Write(",\"data\":"u8);
    }

    private static void WriteStart(IBufferWriter<byte> output, in IpcMessage message)
    {
        if (message.IsBinary)
        {
            throw new IpcException(IpcErrorCode.InvalidRequest, "The payload is bytes, which this channel cannot carry. Send JSON.");
        }

        output.Write(TypePrefix(message.Kind));

        if (!message.Id.IsNone)
        {
            output.Write(",\"id\":"u8);
            message.Id.WriteJson(output);
        }

        if (message.Name.Length > 0)
        {
            output.Write(message.Kind == IpcMessageKind.Event ? ",\"event\":"u8 : ",\"method\":"u8);
            JsonText.WriteString(output, message.Name);
        }

        if (message.Credit > 0)
        {
            output.Write(",\"credit\":"u8);
            JsonText.WriteNumber(output, message.Credit);
        }
    }

    private static void WriteError(IBufferWriter<byte> output, IpcError error)
    {
        RefuseLineFeed(error.Data.Span);

        output.Write(",\"error\":{\"code\":"u8);
        JsonText.WriteNumber(output, error.Code);
        output.Write(",\"message\":"u8);
        JsonText.WriteString(output, error.Message);

        if (!error.Data.IsEmpty)
        {
            output.Write(",\"data\":"u8);
            output.Write(error.Data.Span);
        }

        output.Write("}"u8);
    }

    private static void RefuseLineFeed(ReadOnlySpan<byte> json)
    {
        if (json.Contains((byte)'\n'))
        {
            throw new IpcException(IpcErrorCode.InvalidRequest, "The payload holds a raw line feed. Write the JSON without indentation.");
        }
    }

    private static ReadOnlySpan<byte> TypePrefix(IpcMessageKind kind) => kind switch
    {
        IpcMessageKind.Request => "{\"type\":\"request\""u8,
        IpcMessageKind.Response => "{\"type\":\"response\""u8,
        IpcMessageKind.Event => "{\"type\":\"event\""u8,
        IpcMessageKind.Ping => "{\"type\":\"ping\""u8,
        IpcMessageKind.Pong => "{\"type\":\"pong\""u8,
        IpcMessageKind.Data => "{\"type\":\"data\""u8,
        IpcMessageKind.Ready => "{\"type\":\"ready\""u8,
        IpcMessageKind.Cancel => "{\"type\":\"cancel\""u8,
        IpcMessageKind.Next => "{\"type\":\"next\""u8,
        IpcMessageKind.Done => "{\"type\":\"done\""u8,
        IpcMessageKind.Credit => "{\"type\":\"credit\""u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A message of unknown kind cannot be written."),
    };
}
