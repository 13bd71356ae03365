using System.Text.Json.Serialization;

[JsonNumberHandling(JsonNumberHandling.WriteAsString)]
class Texts
{
    public long Number { get; set; }
    public long? Maybe { get; set; }
    public List<long> List { get; set; } = [];
    public long[]? Array { get; set; }
    public List<long?> Maybes { get; set; } = [];
    public Dictionary<int, long> Map { get; set; } = [];

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public List<double> Both { get; set; } = [];

    public string Text { get; set; } = "";
    public List<string> Words { get; set; } = [];
}

static class Uses { public static Texts Get() => null!; }
