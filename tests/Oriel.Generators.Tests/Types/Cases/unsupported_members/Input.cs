using System.Text.Json.Serialization;
using System.Text.Json;

class Names
{
    public int Value { get; set; }
    public int value { get; set; }

    [JsonPropertyName("Value")]
    public int Fine { get; set; }
}

class NoConstructor
{
    private NoConstructor() { }
    public int A { get; set; }
}

class TwoConstructors
{
    public TwoConstructors(int a) => A = a;
    public TwoConstructors(string b) => A = b.Length;
    public int A { get; }
}

class Unmatched(int other)
{
    public int A { get; } = other;
}

record Streams(IAsyncEnumerable<int> Values, System.Threading.Channels.ChannelReader<int> Reader);

class Included
{
    [JsonInclude]
    private int _hidden = 1;

    public int Hidden() => _hidden;
}

class Outer
{
    private record Secret(int A);

    public static void Use() => _ = new Secret(1);

    public static class Nested { }
}

[JsonConverter(typeof(NeedsConverter))]
record Needs(int A);

class NeedsConverter(int number) : JsonConverter<Needs>
{
    public override Needs Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(number);
    public override void Write(Utf8JsonWriter writer, Needs value, JsonSerializerOptions options) { }
}

file record Local(int A);

static class Uses
{
    public static void Objects(Names a, NoConstructor b, TwoConstructors c, Unmatched d, Streams e, Included f, Needs g, System.Collections.ObjectModel.ReadOnlyCollection<int> h) { }
}
