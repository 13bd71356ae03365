namespace Oriel.Generators.Capabilities;

/// <summary>A member of a JSON object.</summary>
internal readonly record struct JsonMember(JsonNode Name, JsonNode Value);
