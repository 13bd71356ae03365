using System.Buffers;
using System.Text.Json;
using Oriel.Ipc;

namespace Oriel.Components;

/// <summary>Reads and writes what the commands of a window's session carry. All of it is written by a page, and none of it is trusted.</summary>
internal static class SessionMessages
{
    private const int MaxMessages = 1_024;
    private const int MaxAddress = 8_192;

    /// <summary>Reads <c>{"url":"oriel://app/todo/5","scheme":"dark"}</c>.</summary>
    public static SessionStart ReadStart(ReadOnlyMemory<byte> arguments)
    {
        try
        {
            var reader = new Utf8JsonReader(arguments.Span);
            using var document = JsonDocument.ParseValue(ref reader);
            var start = document.RootElement;
            var address = start.GetProperty("url"u8).GetString();
            if (address is { Length: <= MaxAddress } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == BridgeAddress.Scheme && uri.Host == BridgeAddress.Host)
            {
                return new SessionStart(uri, start.TryGetProperty("scheme"u8, out var scheme) && scheme.ValueEquals("dark"u8));
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Malformed(exception);
        }

        throw Malformed();
    }

    /// <summary>Reads <c>["session", [1,0,...], [2,0,...]]</c>.</summary>
    /// <returns>Where the messages are.</returns>
    public static List<Range> ReadSent(ReadOnlyMemory<byte> arguments, out string session)
    {
        try
        {
            var reader = new Utf8JsonReader(arguments.Span);
            session = ReadSession(ref reader);
            List<Range> messages = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.StartArray && messages.Count < MaxMessages)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                messages.Add(start..(int)reader.BytesConsumed);
            }

            if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 0)
            {
                return messages;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Malformed(exception);
        }

        throw Malformed();
    }

    /// <summary>Reads <c>["session", 3, bytes]</c>.</summary>
    public static BodyReference ReadUpload(ReadOnlyMemory<byte> arguments, out string session, out long id)
    {
        try
        {
            var reader = new Utf8JsonReader(arguments.Span);
            session = ReadSession(ref reader);
            reader.Read();
            id = reader.GetInt64();
            reader.Read();
            var reference = BodyReference.Read(ref reader);
            reader.Read();
            if (id >= 0 && reader.TokenType == JsonTokenType.EndArray)
            {
                return reference;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw Malformed(exception);
        }

        throw Malformed();
    }

    /// <summary>Writes messages for the page as the answer to what it sent; nothing for none.</summary>
    public static void Write(IBufferWriter<byte> output, IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }

        for (var i = 0; i < messages.Count; i++)
        {
            output.Write(i == 0 ? "["u8 : ","u8);
            output.Write(messages[i].Span);
        }

        output.Write("]"u8);
    }

    private static string ReadSession(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString()!;
        }

        throw Malformed();
    }

    private static IpcException Malformed(Exception? inner = null) => inner is null
        ? new(IpcErrorCode.InvalidParams, "This is not what a page of components sends.")
        : new(IpcErrorCode.InvalidParams, "This is not what a page of components sends.", inner);
}
