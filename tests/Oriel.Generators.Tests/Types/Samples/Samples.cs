using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

// What each type is for is in the tests that use it.
#pragma warning disable CA1002, CA1028, CA1034, CA1051, CA1227, CA1711, CA1720, CA1724, CA1815, CA1819, CA2227, CA1008, CA1716, CA2217, CA1024, CA1062, CA1056, CA1308, CA1046, CA1036, CA1710

namespace Oriel.Generators.Tests.Samples;

public enum Hue
{
    Red,
    DarkGreen,

    [JsonStringEnumMemberName("sky-blue")]
    Blue,
}

[Flags]
public enum Access : long
{
    None = 0,
    Read = 1,
    Write = 2,
}

[JsonConverter(typeof(JsonStringEnumConverter<OwnNames>))]
public enum OwnNames
{
    First,
    SecondOne,
}

[JsonConverter(typeof(JsonNumberEnumConverter<Numbered>))]
public enum Numbered
{
    One = 1,
    Two,
}

public sealed record Scalars(
    string Text,
    char Letter,
    bool Flag,
    sbyte I8,
    byte U8,
    short I16,
    ushort U16,
    int I32,
    uint U32,
    long I64,
    ulong U64,
    float F32,
    double F64,
    decimal Money,
    Half Small,
    Guid Id,
    Uri Link,
    Version Version,
    DateTime At,
    DateTimeOffset When,
    DateOnly Day,
    TimeOnly Time,
    TimeSpan Span,
    object? Anything);

public sealed record Nullables(int? Number, Hue? Hue, DateTime? At, string? Text, Point? Place, int?[] Numbers);

public readonly record struct Point(int X, int Y = 7);

public struct Box
{
    public int Width { get; set; }

    public int Height { readonly get; init; }

    [JsonInclude]
    public int Depth;
}

public sealed record Nodes(JsonElement Element, JsonNode? Node, JsonObject Object, JsonArray Array, JsonDocument Document);

public sealed class InitAndRequired
{
    public required string Name { get; init; }

    public required int Count { get; set; }

    public int Depth { get; init; } = 3;

    public IList<string> Tags { get; init; } = ["first"];

    public string Greeting => "Hello, " + Name;
}

public sealed class SetsRequired
{
    [SetsRequiredMembers]
    public SetsRequired() => Name = "unnamed";

    public required string Name { get; set; }
}

public struct RequiredStruct
{
    public required int Number { get; init; }
}

public sealed record Defaults(
    int Number = 42,
    string Text = "quoted \"text\"",
    double Ratio = double.NaN,
    Hue Hue = Hue.Blue,
    decimal Money = 1.50m,
    char Letter = '\'',
    long Big = long.MinValue,
    string? Nothing = null,
    Point? Place = null,
    Point Origin = default,
    float Single = 0.1f,
    bool Flag = true,
    ulong Huge = ulong.MaxValue);

public sealed record Named(
    [property: JsonPropertyName("the name")] string Name,
    [property: JsonPropertyOrder(-1)] int URLCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Zero = 0)
{
    [JsonIgnore]
    public string Secret { get; set; } = "secret";

    public int ReadOnly { get; private set; } = 5;

    [JsonRequired]
    public int Needed { get; set; }
}

public sealed class Included
{
    [JsonInclude]
    public int Field;

    [JsonInclude]
    public int Written { get; internal set; }

    public int Ignored;
}

public sealed class Internals
{
    [JsonInclude]
    internal int Included { get; set; }

    internal int Left { get; set; }
}

public sealed class Constructed
{
    public Constructed() => Chosen = "empty";

    [JsonConstructor]
    public Constructed(string name) => (Name, Chosen) = (name, "marked");

    public string? Name { get; }

    [JsonIgnore]
    public string Chosen { get; }
}

public sealed class Extended
{
    public int Known { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Rest { get; set; }
}

[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed class Numbers
{
    public int Lenient { get; set; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public long Text { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public double Float { get; set; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Strict(int Number);

public class Animal
{
    public string Name { get; set; } = "";

    public virtual int Legs { get; set; } = 4;

    public object? Extra { get; set; }
}

public class Bird : Animal
{
    public override int Legs { get; set; } = 2;

    public new string? Extra { get; set; }

    public double Wings { get; init; }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Group), "group")]
public abstract record Shape(string Label);

public sealed record Circle(string Label, double Radius) : Shape(Label);

public sealed record Group(string Label, IReadOnlyList<Shape> Shapes) : Shape(Label);

[JsonDerivedType(typeof(Cat), 1)]
[JsonDerivedType(typeof(Dog), 2)]
public interface IPet
{
    string Name { get; }
}

public sealed record Cat(string Name, int Lives) : IPet;

public sealed record Dog(string Name, bool Barks) : IPet;

public sealed class Node
{
    public int Value { get; set; }

    public Node? Next { get; set; }

    public List<Node> Children { get; init; } = [];
}

public sealed record Page<T>(IReadOnlyList<T> Items, int Total)
{
    public T? First { get; init; }

    public required T Last { get; init; }
}

public sealed class Holder<TKey, TValue>
    where TKey : notnull
    where TValue : class, new()
{
    public Dictionary<TKey, TValue> Map { get; init; } = [];

    public TValue Value { get; init; } = new();

    public struct Inner
    {
        public TKey Key { get; init; }
    }
}

public sealed record Collections(
    int[] Array,
    int[][] Jagged,
    List<string> List,
    IList<int> IList,
    ICollection<int> ICollection,
    IEnumerable<int> IEnumerable,
    IReadOnlyList<int> IReadOnlyList,
    IReadOnlyCollection<int> IReadOnlyCollection,
    ISet<int> ISet,
    HashSet<string> HashSet,
    SortedSet<int> SortedSet,
    LinkedList<int> LinkedList,
    Collection<int> Collection,
    ObservableCollection<int> Observable,
    Stack<int> Stack,
    Queue<int> Queue,
    ConcurrentQueue<int> ConcurrentQueue,
    ConcurrentStack<int> ConcurrentStack,
    Memory<int> Memory,
    ReadOnlyMemory<int> ReadOnlyMemory,
    ImmutableArray<int> ImmutableArray,
    ImmutableList<int> ImmutableList,
    IImmutableList<int> IImmutableList,
    ImmutableHashSet<int> ImmutableHashSet,
    IImmutableSet<int> IImmutableSet,
    ImmutableSortedSet<int> ImmutableSortedSet,
    ImmutableStack<int> ImmutableStack,
    ImmutableQueue<int> ImmutableQueue,
    Words Words);

public sealed class Words : List<string>;

public sealed record Dictionaries(
    Dictionary<string, int> Text,
    Dictionary<int, string> Numbers,
    Dictionary<Hue, int> Colors,
    Dictionary<Guid, Point> Ids,
    IDictionary<string, int> IDictionary,
    IReadOnlyDictionary<string, int> IReadOnlyDictionary,
    SortedDictionary<long, int> Sorted,
    ConcurrentDictionary<string, int> Concurrent,
    ImmutableDictionary<string, int> Immutable,
    IImmutableDictionary<string, int> IImmutable,
    ImmutableSortedDictionary<string, int> ImmutableSorted,
    ReadOnlyDictionary<string, int>? ReadOnly,
    Dictionary<DateOnly, bool> Days);

public sealed record Tuples((int Min, string Max) Named, ValueTuple<int, int> Plain, Tuple<int, string> Class, KeyValuePair<string, int> Pair);

public sealed record Converted(Id Id, [property: JsonConverter(typeof(ReversedConverter))] string Reversed, [property: JsonConverter(typeof(JsonStringEnumConverter<Hue>))] Hue? Hue, OwnNames Own, Numbered Number);

[JsonConverter(typeof(IdConverter))]
public readonly record struct Id(int Value);

public sealed class IdConverter : JsonConverter<Id>
{
    public override Id Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(int.Parse(reader.GetString()!.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture));

    public override void Write(Utf8JsonWriter writer, Id value, JsonSerializerOptions options) => writer.WriteStringValue($"#{value.Value}");
}

public sealed class ReversedConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => string.Concat(reader.GetString()!.Reverse());

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(string.Concat(value.Reverse()));
}

public sealed class Annotated
{
    public string NotNull { get; set; } = "";

    public string? MayBeNull { get; set; }

    [AllowNull]
    public string TakesNull { get => field ?? "none"; set; } = "";

    [DisallowNull]
    public string? GivesNull { get; set; }

    public string @class { get; set; } = "";
}

public sealed record Odd(int @event, [property: JsonPropertyName("new\nline \"quoted\"")] string Text);
