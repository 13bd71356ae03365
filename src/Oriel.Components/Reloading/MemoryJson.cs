using System.Text.Json.Serialization;

namespace Oriel.Components.Reloading;

/// <summary>The JSON of <see cref="Memory"/>.</summary>
[JsonSerializable(typeof(Memory))]
internal sealed partial class MemoryJson : JsonSerializerContext;
