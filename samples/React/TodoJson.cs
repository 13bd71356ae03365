using System.Text.Json.Serialization;

namespace Todo;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TodoList))]
[JsonSerializable(typeof(FileQuery))]
[JsonSerializable(typeof(FoundFile))]
[JsonSerializable(typeof(int))]
internal sealed partial class TodoJson : JsonSerializerContext;
