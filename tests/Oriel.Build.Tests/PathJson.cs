using System.Text.Json.Serialization;

namespace Oriel.Build.Tests;

[JsonSerializable(typeof(string[]))]
internal sealed partial class PathJson : JsonSerializerContext;
