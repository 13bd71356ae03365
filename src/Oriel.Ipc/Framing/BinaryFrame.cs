using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Oriel.Ipc;

/// <summary>The head of a message whose payload is bytes (docs/ipc.md).</summary>
internal static class BinaryFrame
{
    /// <summary>What a binary frame begins with; no JSON text can.</summary>
    public const byte Marker = 0x01;

    /// <summary>Bytes in front of the payload.</summary>
    public const int HeadBytes = 16;

    /// <summary>The payload begins with a name.</summary>
    public const byte Named = 1;

    /// <summary>The payload lies in shared memory; the frame says where.</summary>
    public const byte Shared = 2;

    private const int NameLengthBytes = 2;

    /// <summary>Whether a message of that kind can be a binary frame.</summary>
    public static bool Carries(IpcMessageKind kind) => kind is IpcMessageKind.Request or IpcMessageKind.Response or IpcMessageKind.Event or IpcMessageKind.Next;

    /// <summary>Writes everything but the bytes themselves.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.InvalidRequest"/>: the message cannot be a binary frame.</exception>
    public static void WriteHead(IBufferWriter<byte> output, in IpcMessage message) => WriteHead(output, message, message.Data.Length, 0);

    /// <summary>Writes a frame whose payload lies in shared memory.</summary>
    public static void WriteShared(IBufferWriter<byte> output, in IpcMessage message, ReadOnlySpan<byte> reference)
    {
        WriteHead(output, message, reference.Length, Shared);
        output.Write(reference);
    }

    /// <summary>Writes an offer of shared memory, or with no path the word that it is mapped.</summary>
    public static void WriteSharedMemory(IBufferWriter<byte> output, string path, long ringBytes)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        head.Clear();
        head[0] = Marker;
        head[1] = (byte)IpcMessageKind.Ready;
        head[2] = Shared;
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], Encoding.UTF8.GetByteCount(path));
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], ringBytes);
        output.Write(head);
        output.Write(Encoding.UTF8.GetBytes(path));
    }

    private static void WriteHead(IBufferWriter<byte> output, in IpcMessage message, int payloadBytes, byte flags)
    {
        if (!Carries(message.Kind) || message.Error is not null || message.Credit > 0)
        {
            throw new IpcException(IpcErrorCode.InvalidRequest, $"A message of kind {message.Kind} carries JSON, not bytes.");
        }

        long number = 0;
        if (message.Kind != IpcMessageKind.Event && !message.Id.TryGetNumber(out number))
        {
            throw new IpcException(IpcErrorCode.InvalidRequest, $"The id \"{message.Id}\" is not a decimal number, and bytes travel with such ids alone.");
        }

        var isNamed = message.Kind is IpcMessageKind.Request or IpcMessageKind.Event;
        var nameBytes = isNamed ? Encoding.UTF8.GetByteCount(message.Name) : 0;
        if (nameBytes > ushort.MaxValue)
        {
            throw new IpcException(IpcErrorCode.InvalidRequest, $"A name of {nameBytes:N0} bytes is too long.");
        }

        var prefix = isNamed ? NameLengthBytes + nameBytes : 0;
        var head = output.GetSpan(HeadBytes + prefix);
        head[0] = Marker;
        head[1] = (byte)message.Kind;
        head[2] = (byte)(flags | (isNamed ? Named : 0));
        head[3] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], prefix + payloadBytes);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], number);
        if (isNamed)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(head[HeadBytes..], (ushort)nameBytes);
            Encoding.UTF8.GetBytes(message.Name, head[(HeadBytes + NameLengthBytes)..]);
        }

        output.Advance(HeadBytes + prefix);
    }

    /// <summary>The length of the payload that a head announces.</summary>
    public static uint PayloadBytes(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);

    /// <summary>The kind and the id that a head tells, as far as they are known.</summary>
    public static IpcMessage ReadHead(ReadOnlySpan<byte> head)
    {
        var kind = (IpcMessageKind)head[1];
        var number = BinaryPrimitives.ReadUInt64LittleEndian(head[8..]);
        return number < long.MaxValue && kind is not IpcMessageKind.Event
            ? new IpcMessage { Kind = Carries(kind) ? kind : IpcMessageKind.Unknown, Id = new IpcId((long)number) }
            : default;
    }

    /// <summary>Reads a whole frame; the message points into it.</summary>
    public static IpcError? Read(ReadOnlyMemory<byte> frame, IpcLimits limits, NameTable names, out IpcMessage message)
    {
        var head = frame.Span;
        var kind = (IpcMessageKind)head[1];
        var flags = head[2];
        var payload = frame[HeadBytes..];
        message = ReadHead(head);

        if (kind == IpcMessageKind.Ready && flags == Shared)
        {
            message = new IpcMessage { Kind = kind, Id = message.Id, Data = payload, IsBinary = true, IsShared = true };
            return null;
        }

        if (!Carries(kind))
        {
            return Invalid($"There is no binary frame of kind {head[1]}.");
        }

        if ((flags & ~(Named | Shared)) != 0 || head[3] != 0)
        {
            return Invalid($"The flags {flags} of a binary frame are not known.");
        }

        if (message.Id.IsNone && kind != IpcMessageKind.Event)
        {
            return Invalid("The id of a binary frame is too large.");
        }

        var name = "";
        if (kind is IpcMessageKind.Request or IpcMessageKind.Event)
        {
            if ((flags & Named) == 0 || payload.Length < NameLengthBytes)
            {
                return Invalid("A binary request or event begins with its name.");
            }

            var length = BinaryPrimitives.ReadUInt16LittleEndian(payload.Span);
            payload = payload[NameLengthBytes..];
            if (length == 0 || length > limits.MaxNameBytes || length > payload.Length)
            {
                return Invalid($"A name is 1 to {limits.MaxNameBytes} bytes, within its frame; this one says {length}.");
            }

            if (!System.Text.Unicode.Utf8.IsValid(payload.Span[..length]))
            {
                return Invalid("The name is not valid UTF-8.");
            }

            name = names.Get(payload.Span[..length]);
            payload = payload[length..];
        }
        else if ((flags & Named) != 0)
        {
            return Invalid("Only a binary request or event has a name.");
        }

        message = new IpcMessage { Kind = kind, Id = message.Id, Name = name, Data = payload, IsBinary = true, IsShared = (flags & Shared) != 0, Raw = frame };
        return null;
    }

    private static IpcError Invalid(string text) => new(IpcErrorCode.InvalidRequest, text);
}
