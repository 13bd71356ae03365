using System.Text.Json;

namespace Oriel.Components.Interop;

/// <summary>Reads the members of a message of the page, which may hold anything.</summary>
internal static class PageMessage
{
    /// <exception cref="PageProtocolException">It is not a whole number.</exception>
    public static long Number(this JsonElement message, int index, string what) =>
        Member(message, index, what) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out var number)
            ? number
            : throw Unfit(what, "a whole number");

    /// <exception cref="PageProtocolException">It is neither a whole number nor null.</exception>
    public static long? NumberOrNull(this JsonElement message, int index, string what) =>
        Member(message, index, what).ValueKind == JsonValueKind.Null ? null : message.Number(index, what);

    /// <exception cref="PageProtocolException">It is neither true nor false.</exception>
    public static bool Flag(this JsonElement message, int index, string what) => Member(message, index, what).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Unfit(what, "true or false"),
    };

    /// <exception cref="PageProtocolException">It is no text, or longer than allowed.</exception>
    public static string Text(this JsonElement message, int index, string what, int maxLength = int.MaxValue)
    {
        if (Member(message, index, what) is not { ValueKind: JsonValueKind.String } member)
        {
            throw Unfit(what, "text");
        }

        string text;
        try
        {
            text = member.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // Half of a surrogate pair is JSON, and no text.
            throw new PageProtocolException($"The page sent {what} that is no text.", exception);
        }

        return text.Length <= maxLength
            ? text
            : throw new PageProtocolException($"The page sent {what} of {text.Length:N0} characters: at most {maxLength:N0} are taken.");
    }

    /// <exception cref="PageProtocolException">It is neither text nor null, or longer than allowed.</exception>
    public static string? TextOrNull(this JsonElement message, int index, string what, int maxLength = int.MaxValue) =>
        Member(message, index, what).ValueKind == JsonValueKind.Null ? null : message.Text(index, what, maxLength);

    private static JsonElement Member(JsonElement message, int index, string what) => index < message.GetArrayLength()
        ? message[index]
        : throw new PageProtocolException($"The page sent a message without {what}.");

    private static PageProtocolException Unfit(string what, string expected) => new($"The page sent {what} that is not {expected}.");
}
