using System.Text.Json.Serialization;

namespace SelfCheck;

internal sealed record Operands(double A, double B);

internal sealed record Interval(int From, int To);

internal sealed record Outcome(string Name, string? Error);

internal sealed record Note(string Text, int Window);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Operands))]
[JsonSerializable(typeof(Interval))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
internal sealed partial class CheckJson : JsonSerializerContext;
