using System.Text.Json.Serialization;

namespace Plugins;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(TextCount))]
internal sealed partial class PluginJson : JsonSerializerContext;
