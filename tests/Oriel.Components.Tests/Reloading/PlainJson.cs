using System.Text.Json.Serialization;

namespace Oriel.Components.Tests;

/// <summary>The JSON of plain values.</summary>
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
internal sealed partial class PlainJson : JsonSerializerContext;
