using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Oriel.Ipc;

/// <summary>Reads messages from UTF-8 JSON that is not trusted.</summary>
/// <remarks>
/// One full pass of <see cref="Utf8JsonReader"/>: the text is exactly one JSON value, of bounded size and depth, valid in
/// every member; the payload is not parsed further. Thread-safe.
/// </remarks>
public static class EnvelopeReader
{
    // Behind "type" and in front of the payload: where an id stands in what we write.
    private const int StartBytes = 512;

    private static readonly NameTable Names = new();

    /// <summary>Reads one message.</summary>
    /// <param name="utf8">The envelope; the message points into it.</param>
    /// <param name="limits">What is accepted.</param>
    /// <param name="message">The message; of one that is refused, its kind and its id where they were found.</param>
    /// <param name="error">Why it is refused.</param>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, IpcLimits limits, out IpcMessage message, [NotNullWhen(false)] out IpcError? error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        message = default;

        if (utf8.Length > limits.MaxMessageBytes)
        {
            // Not read, but whoever waits for its answer is told so.
            message = FindStart(utf8.Span[..Math.Min(utf8.Length, StartBytes)]);
            error = new IpcError(IpcErrorCode.PayloadTooLarge, $"The message has {utf8.Length:N0} bytes; at most {limits.MaxMessageBytes:N0} are accepted.");
            return false;
        }

        // The reader checks the encoding of a string only when it is asked for its text, and the payload's never are.
        if (!Utf8.IsValid(utf8.Span))
        {
            error = new IpcError(IpcErrorCode.ParseError, "The message is not valid UTF-8.");
            return false;
        }

        if (OwnEnvelope.TryRead(utf8, limits, Names, out message))
        {
            error = null;
            return true;
        }

        var envelope = new Parts();
        try
        {
            error = Read(utf8, limits, ref envelope);
        }
        catch (JsonException exception)
        {
            error = new IpcError(IpcErrorCode.ParseError, $"The message is not one JSON value: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader.GetString refuses text that is not valid UTF-16, such as a lone surrogate.
            error = new IpcError(IpcErrorCode.ParseError, "A name in the message is not valid text.");
        }

        if (error is not null)
        {
            message = new IpcMessage { Kind = envelope.Kind, Id = envelope.Id };
            return false;
        }

        message = new IpcMessage
        {
            Kind = envelope.Kind,
            Id = envelope.Id,
            Name = (envelope.Kind == IpcMessageKind.Event ? envelope.Event : envelope.Method) ?? "",
            Data = envelope.Data,
            Error = envelope.Error,
            Credit = envelope.Credit,
            Raw = utf8,
        };
        return true;
    }

    // The kind and the id; neither of them without the other, since what becomes of an id depends on whose it is.
    private static IpcMessage FindStart(ReadOnlySpan<byte> start)
    {
        var kind = IpcMessageKind.Unknown;
        IpcId id = default;
        try
        {
            var reader = new Utf8JsonReader(start, isFinalBlock: false, default);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return default;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var member = MemberOf(ref reader);
                if (!reader.Read())
                {
                    break;
                }

                if (member == Member.Id && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= IpcId.MaxLength)
                {
                    id = new IpcId(reader.GetString()!);
                }
                else if (member == Member.Type && reader.TokenType == JsonTokenType.String)
                {
                    kind = KindOf(ref reader);
                }

                if (kind != IpcMessageKind.Unknown && !id.IsNone)
                {
                    return new IpcMessage { Kind = kind, Id = id };
                }

                if (!reader.TrySkip())
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or no valid text: there is no id then.
        }

        return default;
    }

    private static IpcError? Read(ReadOnlyMemory<byte> utf8, IpcLimits limits, ref Parts envelope)
    {
        var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = limits.MaxDepth });

        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            // The rest is read all the same: what is not JSON at all is a parse error.
            while (reader.Read())
            {
            }

            return Invalid("A message is a JSON object.");
        }

        IpcError? error = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = MemberOf(ref reader);
            reader.Read();

            if (member != Member.Other && !envelope.See(member))
            {
                error ??= Invalid($"The member \"{member.ToString().ToLowerInvariant()}\" stands twice.");
            }

            error ??= ReadMember(ref reader, utf8, limits, member, ref envelope);
            reader.Skip();
        }

        // One value and nothing after it: the reader throws on anything but white space.
        while (reader.Read())
        {
        }

        return error ?? Check(envelope);
    }

    private static IpcError? ReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, IpcLimits limits, Member member, ref Parts envelope)
    {
        switch (member)
        {
            case Member.Type:
                if (reader.TokenType != JsonTokenType.String)
                {
                    return Invalid("\"type\" is a string.");
                }

                envelope.Kind = KindOf(ref reader);
                return null;

            case Member.Id:
                if (reader.TokenType == JsonTokenType.Null)
                {
                    return null;
                }

                if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > IpcId.MaxLength || reader.ValueSpan.IsEmpty)
                {
                    return Invalid($"\"id\" is a string of 1 to {IpcId.MaxLength} bytes.");
                }

                envelope.Id = reader.ValueIsEscaped ? new IpcId(reader.GetString()!) : IpcId.FromUtf8(reader.ValueSpan);
                return null;

            case Member.Method or Member.Event:
                if (reader.TokenType == JsonTokenType.Null)
                {
                    return null;
                }

                if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > limits.MaxNameBytes || reader.ValueSpan.IsEmpty)
                {
                    return Invalid($"A name is a string of 1 to {limits.MaxNameBytes} bytes.");
                }

                // Kept apart: whoever forwards a request by its "method" must see the one that is handled, whatever "event" stands beside it.
                ref var name = ref (member == Member.Method ? ref envelope.Method : ref envelope.Event);
                name = reader.ValueIsEscaped ? reader.GetString()! : Names.Get(reader.ValueSpan);
                return null;

            case Member.Data:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                envelope.Data = utf8[start..(int)reader.BytesConsumed];
                return null;

            case Member.Credit:
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out envelope.Credit) && envelope.Credit is > 0 and <= IpcPeer.MaxCredit
                    ? null
                    : Invalid($"\"credit\" is a whole number from 1 to {IpcPeer.MaxCredit}.");

            case Member.Error:
                return reader.TokenType == JsonTokenType.Null ? null : ReadError(ref reader, utf8, ref envelope);

            default:
                return null;
        }
    }

    private static IpcError? ReadError(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, ref Parts envelope)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return Invalid("\"error\" is an object.");
        }

        var code = (int)IpcErrorCode.InternalError;
        var text = "";
        ReadOnlyMemory<byte> data = default;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCode = reader.ValueTextEquals("code"u8);
            var isMessage = reader.ValueTextEquals("message"u8);
            var isData = reader.ValueTextEquals("data"u8);
            reader.Read();

            if (isCode && (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out code)))
            {
                return Invalid("\"error.code\" is a whole number.");
            }

            if (isMessage)
            {
                if (reader.TokenType != JsonTokenType.String)
                {
                    return Invalid("\"error.message\" is a string.");
                }

                text = reader.GetString()!;
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isData)
            {
                data = utf8[start..(int)reader.BytesConsumed];
            }
        }

        envelope.Error = new IpcError(code, text, data);
        return null;
    }

    private static IpcError? Check(in Parts envelope) => envelope.Kind switch
    {
        _ when !envelope.Has(Member.Type) => Invalid("\"type\" is missing."),
        IpcMessageKind.Request when envelope.Id.IsNone => Invalid("A request has an \"id\"."),
        IpcMessageKind.Request when envelope.Method is null => Invalid("A request has a \"method\"."),
        IpcMessageKind.Event when envelope.Event is null => Invalid("An event has an \"event\"."),
        // An error without an id says that something of ours could not be read. To answer that would be answered in turn.
        IpcMessageKind.Response when envelope.Id.IsNone && envelope.Error is not null => null,
        IpcMessageKind.Response or IpcMessageKind.Cancel or IpcMessageKind.Next or IpcMessageKind.Done when envelope.Id.IsNone => Invalid("\"id\" is missing."),
        _ => null,
    };

    private static IpcError Invalid(string message) => new(IpcErrorCode.InvalidRequest, message);

    private static Member MemberOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("type"u8))
        {
            return Member.Type;
        }

        if (reader.ValueTextEquals("id"u8))
        {
            return Member.Id;
        }

        if (reader.ValueTextEquals("method"u8))
        {
            return Member.Method;
        }

        if (reader.ValueTextEquals("event"u8))
        {
            return Member.Event;
        }

        if (reader.ValueTextEquals("data"u8))
        {
            return Member.Data;
        }

        if (reader.ValueTextEquals("error"u8))
        {
            return Member.Error;
        }

        return reader.ValueTextEquals("credit"u8) ? Member.Credit : Member.Other;
    }

    private static IpcMessageKind KindOf(ref Utf8JsonReader reader)
    {
        foreach (var (name, kind) in Kinds)
        {
            if (reader.ValueTextEquals(name))
            {
                return kind;
            }
        }

        return IpcMessageKind.Unknown;
    }

    private static readonly (byte[] Name, IpcMessageKind Kind)[] Kinds =
    [
        ("request"u8.ToArray(), IpcMessageKind.Request),
        ("response"u8.ToArray(), IpcMessageKind.Response),
        ("event"u8.ToArray(), IpcMessageKind.Event),
        ("credit"u8.ToArray(), IpcMessageKind.Credit),
        ("next"u8.ToArray(), IpcMessageKind.Next),
        ("done"u8.ToArray(), IpcMessageKind.Done),
        ("cancel"u8.ToArray(), IpcMessageKind.Cancel),
        ("ready"u8.ToArray(), IpcMessageKind.Ready),
        ("ping"u8.ToArray(), IpcMessageKind.Ping),
        ("pong"u8.ToArray(), IpcMessageKind.Pong),
        ("data"u8.ToArray(), IpcMessageKind.Data),
    ];

    private enum Member : byte
    {
        Other,
        Type,
        Id,
        Method,
        Event,
        Data,
        Error,
        Credit,
    }

    private struct Parts
    {
        public IpcMessageKind Kind;
        public IpcId Id;
        public string? Method;
        public string? Event;
        public ReadOnlyMemory<byte> Data;
        public IpcError? Error;
        public int Credit;
        private int _seen;

        public readonly bool Has(Member member) => (_seen & (1 << (int)member)) != 0;

        public bool See(Member member)
        {
            var isNew = !Has(member);
            _seen |= 1 << (int)member;
            return isNew;
        }
    }
}
