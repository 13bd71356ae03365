using System.Text.Json.Serialization;

namespace Oriel.Bench;

/// <summary>What the page shows of a state: a number that changes, and a text beside it that does not.</summary>
internal sealed record Shown(int Count, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Shown))]
internal sealed partial class BenchJson : JsonSerializerContext;
