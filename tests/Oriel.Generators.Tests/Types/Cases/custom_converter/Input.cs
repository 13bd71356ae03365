using System.Text.Json.Serialization;
using System.Text.Json;

/// <summary>The id of a thing, like "#7".</summary>
[JsonConverter(typeof(IdConverter))]
readonly record struct Id(int Value);

class IdConverter : JsonConverter<Id>
{
    public override Id Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(int.Parse(reader.GetString()!.Substring(1)));
    public override void Write(Utf8JsonWriter writer, Id value, JsonSerializerOptions options) => writer.WriteStringValue("#" + value.Value);
}

enum Color { Red, Green }

record Thing(Id Id, Id? Other, [property: JsonConverter(typeof(IdConverter))] Id? Own, [property: JsonConverter(typeof(JsonStringEnumConverter))] Color? Color);

static class Uses { public static Thing Find(Id id) => null!; }
