using System.Text.Json.Serialization;

[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
class Marked
{
    [JsonPropertyName("the name")]
    public string Name { get; set; } = "";

    [JsonIgnore]
    public string Ignored { get; set; } = "";

    [JsonInclude]
    public int Field;

    public int NotIncluded;

    [JsonInclude]
    internal int Internal { get; set; }

    [JsonPropertyOrder(-1)]
    public int First { get; set; }

    [JsonRequired]
    public int Needed { get; set; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public long Text { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public double? Float { get; set; }

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<int> Filled { get; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public required int Zero { get; set; }
}

static class Uses { public static Marked Get() => null!; }
