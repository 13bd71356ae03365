using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oriel;

/// <summary>Writes JSON values that were read, without line feeds.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ElementJson : JsonSerializerContext;
