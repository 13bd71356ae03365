using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oriel.Processes.Tests;

[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class JsonContext : JsonSerializerContext;
