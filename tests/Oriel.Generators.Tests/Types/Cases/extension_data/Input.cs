using System.Text.Json.Serialization;
using System.Text.Json;

class Open
{
    public int Known { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

static class Uses { public static Open Get() => null!; }
