using System.Text.Json.Serialization;

namespace Oriel.Components.Reloading;

/// <summary>The JSON of <see cref="AppMemory"/>.</summary>
[JsonSerializable(typeof(AppMemory))]
internal sealed partial class MemoryJson : JsonSerializerContext;
