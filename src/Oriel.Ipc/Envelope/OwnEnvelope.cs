using System.Text.Json;

namespace Oriel.Ipc;

/// <summary>Reads messages in the very form in which <see cref="EnvelopeWriter"/> writes the frequent ones.</summary>
/// <remarks>
/// What stands around the payload is compared byte by byte, and the payload gets the same full pass of <see cref="Utf8JsonReader"/> as
/// everything else: a third of the time for a message of 100 bytes. Whatever differs in the least is left to <see cref="EnvelopeReader"/>.
/// </remarks>
internal static class OwnEnvelope
{
    /// <summary>Reads one message, whose text is valid UTF-8 of a size that is accepted.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, IpcLimits limits, NameTable names, out IpcMessage message)
    {
        message = default;
        var text = utf8.Span;
        if (!TryReadKind(ref text, out var kind))
        {
            return false;
        }

        IpcId id = default;
        if (kind != IpcMessageKind.Event && (!Skip(ref text, ",\"id\":\""u8) || !TryReadNumber(ref text, out id)))
        {
            return false;
        }

        var name = "";
        if (kind is IpcMessageKind.Event or IpcMessageKind.Request)
        {
            if (!Skip(ref text, kind == IpcMessageKind.Event ? ",\"event\":\""u8 : ",\"method\":\""u8) || !TryReadName(ref text, limits, names, out name))
            {
                return false;
            }
        }

        if (!Skip(ref text, ",\"data\":"u8) || text.Length < 2 || text[^1] != (byte)'}')
        {
            return false;
        }

        var start = utf8.Length - text.Length;
        var payload = text[..^1];
        if (!IsOneValue(payload, limits.MaxDepth - 1))
        {
            return false;
        }

        message = new IpcMessage { Kind = kind, Id = id, Name = name, Data = utf8.Slice(start, payload.Length), Raw = utf8 };
        return true;
    }

    private static bool TryReadKind(ref ReadOnlySpan<byte> text, out IpcMessageKind kind)
    {
        kind = default;
        if (Skip(ref text, "{\"type\":\"request\""u8))
        {
            kind = IpcMessageKind.Request;
        }
        else if (Skip(ref text, "{\"type\":\"response\""u8))
        {
            kind = IpcMessageKind.Response;
        }
        else if (Skip(ref text, "{\"type\":\"event\""u8))
        {
            kind = IpcMessageKind.Event;
        }
        else if (Skip(ref text, "{\"type\":\"next\""u8))
        {
            kind = IpcMessageKind.Next;
        }

        return kind != default;
    }

    // A decimal number as we write it, and the quote behind it.
    private static bool TryReadNumber(ref ReadOnlySpan<byte> text, out IpcId id)
    {
        var digits = IpcId.TryReadNumber(text, out id);
        if (digits == 0 || digits == text.Length || text[digits] != (byte)'"')
        {
            return false;
        }

        text = text[(digits + 1)..];
        return true;
    }

    private static bool TryReadName(ref ReadOnlySpan<byte> text, IpcLimits limits, NameTable names, out string name)
    {
        name = "";
        var end = text.IndexOf((byte)'"');
        if (end <= 0 || end > limits.MaxNameBytes)
        {
            return false;
        }

        var utf8 = text[..end];
        if (utf8.Contains((byte)'\\') || utf8.ContainsAnyInRange((byte)0, (byte)0x1f))
        {
            return false;
        }

        name = names.Get(utf8);
        text = text[(end + 1)..];
        return true;
    }

    private static bool IsOneValue(ReadOnlySpan<byte> payload, int maxDepth)
    {
        // White space around the value is not part of the payload: that is for who cuts it off.
        if (maxDepth < 1 || payload[0] <= (byte)' ' || payload[^1] <= (byte)' ')
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = maxDepth });
            return reader.Read() && reader.TrySkip() && reader.BytesConsumed == payload.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Skip(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> expected)
    {
        if (!text.StartsWith(expected))
        {
            return false;
        }

        text = text[expected.Length..];
        return true;
    }
}
