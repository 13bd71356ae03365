using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;

namespace Oriel.Components.Interop;

/// <summary>Writes an element of the page as <c>{"__internalId": id}</c>, by which the page finds it; null where none was rendered.</summary>
internal sealed class ElementReferenceConverter(ElementReferenceContext context) : JsonConverter<ElementReference>
{
    private static readonly JsonEncodedText s_id = JsonEncodedText.Encode("__internalId");

    public override ElementReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? id = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(s_id.EncodedUtf8Bytes))
            {
                throw new JsonException("A reference to an element has the one member __internalId.");
            }

            reader.Read();
            id = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }

        return id is null ? throw new JsonException("A reference to an element lacks its __internalId.") : new(id, context);
    }

    public override void Write(Utf8JsonWriter writer, ElementReference value, JsonSerializerOptions options)
    {
        // As one that is gone: libraries pass on what a component may not have rendered, the second handle of a slider, and look in their scripts.
        if (value.Id is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString(s_id, value.Id);
        writer.WriteEndObject();
    }
}
