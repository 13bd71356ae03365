using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;

namespace Oriel.Components.Events;

/// <summary>Reads the value that an element has now: a text, whether it is checked, or the values that are selected.</summary>
internal sealed class ChangeEventArgsConverter : JsonConverter<ChangeEventArgs>
{
    public override ChangeEventArgs Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The arguments of a change are an object.");
        }

        return new() { Value = document.RootElement.TryGetProperty("value", out var value) ? Value(value) : null };
    }

    public override void Write(Utf8JsonWriter writer, ChangeEventArgs value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Arguments come from the page and never go there.");

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),

        // What binds to an input parses text; it is written here as it is in JSON.
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => value.EnumerateArray().Select(Item).ToArray(),
        _ => throw new JsonException("The value of a change is a text, a number, true, false, or a list of texts."),
    };

    private static string? Item(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => item.GetString(),
        _ => throw new JsonException("The values that are selected are texts."),
    };
}
