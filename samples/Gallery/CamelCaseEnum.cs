using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gallery;

/// <summary>Writes the values of an enumeration as the page expects them: <c>"background"</c>.</summary>
internal sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
