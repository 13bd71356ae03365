using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;

namespace Oriel.Components.Interop;

/// <summary>Writes an element of the page as <c>{"__internalId": id}</c>, by which the page finds it.</summary>
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
        if (value.Id is null)
        {
            throw new InvalidOperationException(
                "An ElementReference was passed to JavaScript before its element was rendered. Use it from OnAfterRender on, and only while the element is rendered.");
        }

        writer.WriteStartObject();
        writer.WriteString(s_id, value.Id);
        writer.WriteEndObject();
    }
}
