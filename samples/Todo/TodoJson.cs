using System.Text.Json.Serialization;

namespace TodoSample;

/// <summary>The JSON of the file.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<TodoItem>))]
internal sealed partial class TodoJson : JsonSerializerContext;
