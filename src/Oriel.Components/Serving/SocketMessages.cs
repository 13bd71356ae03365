using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Oriel.Components;

/// <summary>What passes on a WebSocket beside the messages of a session: it begins with a word where those begin with their number.</summary>
internal static class SocketMessages
{
    private const int MaxAddress = 8_192;

    /// <summary>Reads <c>["start",{"url":"http://127.0.0.1:5005/todo/5","scheme":"dark","resume":{"session":"...","applied":12}}]</c>.</summary>
    /// <param name="utf8">The message.</param>
    /// <param name="origin">The origin that the page is known to be from.</param>
    /// <exception cref="PageProtocolException">It is none, or of another origin.</exception>
    public static (SessionStart Start, Resumption? Resume) ReadStart(ReadOnlyMemory<byte> utf8, string origin)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement is { ValueKind: JsonValueKind.Array } message && message.GetArrayLength() == 2 && message[0].ValueEquals("start"u8)
                && message[1].GetProperty("url"u8).GetString() is { Length: <= MaxAddress } address
                && Uri.TryCreate(address, UriKind.Absolute, out var uri) && Security.Origin.Of(address) == origin)
            {
                var isDark = message[1].TryGetProperty("scheme"u8, out var scheme) && scheme.ValueEquals("dark"u8);
                return (new SessionStart(uri, isDark), ReadResumption(message[1]));
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new PageProtocolException("The page did not begin with what a page begins with.", exception);
        }

        throw new PageProtocolException("The page did not begin with what a page begins with.");
    }

    /// <summary>A page asks whether anybody is there: it is answered with <see cref="Received"/>.</summary>
    public static ReadOnlySpan<byte> Probe => "[\"probe\"]"u8;

    /// <summary>The session goes on, and this is the last message that came: <c>["resumed",12]</c>.</summary>
    public static byte[] Resumed(long received) => Write("resumed", received);

    /// <summary>The page need not keep its messages up to this one: <c>["received",12]</c>.</summary>
    public static byte[] Received(long received) => Write("received", received);

    private static Resumption? ReadResumption(JsonElement start)
    {
        if (!start.TryGetProperty("resume"u8, out var resume) || resume.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return resume.GetProperty("session"u8).GetString() is { Length: <= 64 } session && resume.GetProperty("applied"u8).GetInt64() is >= 0 and var applied
            ? new Resumption(session, applied)
            : throw new PageProtocolException("The page wants to go on with what cannot be.");
    }

    private static byte[] Write(string word, long number) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[\"{word}\",{number}]"));

    /// <summary>What a page wants to go on with.</summary>
    /// <param name="Session">The session's id.</param>
    /// <param name="Applied">The last message of it that the page has applied.</param>
    internal sealed record Resumption(string Session, long Applied);
}
