using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Oriel.Generators.Tests.Samples;

namespace Oriel.Generators.Tests.Types;

/// <summary>What the generated resolver reads and writes, beside what System.Text.Json's own generated context does.</summary>
public sealed class ResolverTests
{
    private static readonly Scalars s_scalars = new(
        "text", 'ä', true, -8, 8, -16, 16, -32, 32, -64, 64, 1.5f, 2.5, 3.50m, (Half)0.5, new Guid("11223344-5566-7788-99aa-bbccddeeff00"), new Uri("oriel://app/"), new Version(1, 2, 3),
        new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc), new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(2)), new DateOnly(2024, 5, 6), new TimeOnly(7, 8, 9), TimeSpan.FromSeconds(90), null);

    private static readonly Collections s_collections = new(
        [1], [[1, 2], []], ["a"], [1], [1], [1], [1], [1], new HashSet<int> { 1 }, ["a"], [1, 2], new LinkedList<int>([1, 2]), [1], [1], new Stack<int>([1]), new Queue<int>([1, 2]),
        new ConcurrentQueue<int>([1]), new ConcurrentStack<int>([1]), new[] { 1 }, new[] { 1, 2 }, [1], [1, 2], ImmutableList.Create(1), [1], ImmutableHashSet.Create(1), [1, 2], ImmutableStack.Create(1), ImmutableQueue.Create(1), ["word"]);

    private static readonly Dictionaries s_dictionaries = new(
        new() { ["a b"] = 1 }, new() { [7] = "seven" }, new() { [Hue.DarkGreen] = 1, [Hue.Blue] = 2 }, new() { [Guid.Empty] = new Point(1, 2) }, new Dictionary<string, int> { ["a"] = 1 },
        new Dictionary<string, int> { ["a"] = 1 }, new() { [-3] = 1 }, new() { ["a"] = 1 }, ImmutableDictionary.Create<string, int>().Add("a", 1), ImmutableDictionary.Create<string, int>().Add("a", 1),
        ImmutableSortedDictionary.Create<string, int>().Add("a", 1), null, new() { [new DateOnly(2024, 5, 6)] = true });

    [Fact]
    public void Every_kind_of_type_is_written_as_System_Text_Json_writes_it() => Assert.Multiple(
        () => Same(s_scalars),
        () => Same(new Nullables(1, Hue.Red, DateTime.UnixEpoch, "text", new Point(1, 2), [1, null])),
        () => Same(new Nullables(null, null, null, null, null, [])),
        () => Same(new Box { Width = 1, Height = 2, Depth = 3 }),
        () => Same(new Nodes(JsonElement.Parse("[1]"), JsonNode.Parse("""{"a":null}"""), [], JsonNode.Parse("[1,true]")!.AsArray(), JsonDocument.Parse("3"))),
        () => Same(new InitAndRequired { Name = "n", Count = 1, Depth = 4, Tags = ["t"] }),
        () => Same(new SetsRequired()),
        () => Same(new RequiredStruct { Number = 1 }),
        () => Same(new Defaults(Ratio: 1)),
        () => Same(new Named("n", 1, null, 0) { Needed = 3 }),
        () => Same(new Named("n", 1, "note", 2)),
        () => Same(new Included { Field = 1, Written = 3, Ignored = 4 }),
        () => Same(new Constructed("n")),
        () => Same(new Extended { Known = 1, Rest = new Dictionary<string, JsonElement> { ["more"] = JsonElement.Parse("{}") } }),
        () => Same(new Numbers { Lenient = 1, Text = 2, Float = double.NaN }),
        () => Same(new Strict(1)),
        () => Same<Animal>(new Bird { Name = "b", Legs = 3, Extra = "e", Wings = 2 }),
        () => Same(new Bird { Name = "b", Legs = 3, Extra = "e", Wings = 2 }),
        () => Same<Shape>(new Group("g", [new Circle("c", 1), new Group("h", [])])),
        () => Same<IPet>(new Cat("c", 9)),
        () => Same(new Node { Value = 1, Next = new Node(), Children = [new Node { Value = 2 }] }),
        () => Same(new Page<int>([1], 1) { First = 1, Last = 2 }),
        () => Same(new Page<string>(["a"], 1) { Last = "z" }),
        () => Same(new Holder<string, Node> { Map = new() { ["k"] = new() }, Value = new Node { Value = 5 } }),
        () => Same(new Holder<string, Node>.Inner { Key = "k" }),
        () => Same(s_collections),
        () => Same(s_dictionaries),
        () => Same(new Converted(new Id(5), "abc", Hue.DarkGreen, OwnNames.SecondOne, Numbered.Two)),
        () => Same(new Annotated { NotNull = "a", GivesNull = "b", @class = "c" }),
        () => Same(new Odd(1, "t")),
        () => Same(Access.Read | Access.Write),
        () => Same(new KeyValuePair<string, int>("a", 1)),
        () => Same(Tuple.Create(1, "a")));

    [Theory]
    [InlineData(typeof(Nullables), "{}")]
    [InlineData(typeof(Nullables), """{"number":1,"hue":"redd","at":null,"text":null,"place":null,"numbers":[]}""")]
    [InlineData(typeof(Nullables), """{"number":1,"hue":0,"at":null,"text":null,"place":null,"numbers":[]}""")]
    [InlineData(typeof(Nullables), """{"number":1,"hue":null,"at":null,"text":null,"place":{"x":1.5},"numbers":[]}""")]
    [InlineData(typeof(Nullables), """{"number":1,"hue":null,"at":null,"text":null,"place":null,"numbers":null}""")]
    [InlineData(typeof(Nullables), """{"number":1,"hue":null,"at":null,"text":null,"place":null,"numbers":[1,"2"]}""")]
    [InlineData(typeof(InitAndRequired), """{"name":"n"}""")]
    [InlineData(typeof(InitAndRequired), """{"name":null,"count":1}""")]
    [InlineData(typeof(InitAndRequired), """{"name":"n","count":99999999999}""")]
    [InlineData(typeof(RequiredStruct), "{}")]
    [InlineData(typeof(Named), """{"the name":"n","urlCount":1,"note":null,"zero":0}""")]
    [InlineData(typeof(Strict), """{"number":1,"more":2}""")]
    [InlineData(typeof(Shape), """{"kind":"triangle","label":"t"}""")]
    [InlineData(typeof(Shape), """{"kind":"group","label":"g","shapes":[{"kind":"circle","label":"c","radius":"wide"}]}""")]
    [InlineData(typeof(IPet), """{"$type":3}""")]
    [InlineData(typeof(Node), """{"children":[{"value":1},{"value":true}]}""")]
    [InlineData(typeof(Node), """{"children":null}""")]
    [InlineData(typeof(Page<int>), """{"items":[],"total":0}""")]
    [InlineData(typeof(Page<int>), """{"items":[1,null],"total":0,"last":1}""")]
    [InlineData(typeof(Numbers), """{"lenient":"x"}""")]
    [InlineData(typeof(Annotated), """{"notNull":null}""")]
    [InlineData(typeof(Annotated), """{"givesNull":null}""")]
    [InlineData(typeof(Annotated), "[]")]
    [InlineData(typeof(Annotated), "")]
    public void What_does_not_fit_is_refused_at_the_place_that_System_Text_Json_names(Type type, string json)
    {
        var own = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, SampleJson.Own.GetTypeInfo(type)));

        var generated = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, SampleJson.Oriel.GetTypeInfo(type)));

        Assert.Equal(own.Path, generated.Path);
    }

    [Fact]
    public void What_is_missing_and_has_a_default_has_it()
    {
        var read = SampleJson.Read<Defaults>("{}", SampleJson.Oriel);

        Assert.Equal(new Defaults(), read);
    }

    [Fact]
    public void What_is_missing_and_init_only_keeps_what_the_type_begins_with()
    {
        var read = SampleJson.Read<InitAndRequired>("""{"name":"n","count":1}""", SampleJson.Oriel)!;

        Assert.Equal(("n", 1, 3, "first"), (read.Name, read.Count, read.Depth, Assert.Single(read.Tags)));
    }

    [Fact]
    public void A_constructor_that_sets_required_members_leaves_them_out()
    {
        var read = SampleJson.Read<SetsRequired>("{}", SampleJson.Oriel);

        Assert.Equal("unnamed", read?.Name);
    }

    [Fact]
    public void The_marked_constructor_is_the_one_that_is_called()
    {
        var read = SampleJson.Read<Constructed>("""{"name":"n"}""", SampleJson.Oriel)!;

        Assert.Equal(("n", "marked"), (read.Name, read.Chosen));
    }

    [Fact]
    public void What_is_internal_is_included_where_it_says_so()
    {
        var json = SampleJson.Write(new Internals { Included = 1, Left = 2 }, SampleJson.Oriel);

        Assert.Equal("""{"included":1}""", json);
        Assert.Equal(1, SampleJson.Read<Internals>(json, SampleJson.Oriel)!.Included);
    }

    [Fact]
    public void Tuples_are_objects()
    {
        var tuples = new Tuples((1, "b"), (2, 3), Tuple.Create(4, "e"), new("f", 5));

        var json = SampleJson.Write(tuples, SampleJson.Oriel);

        Assert.Equal("""{"named":{"item1":1,"item2":"b"},"plain":{"item1":2,"item2":3},"class":{"item1":4,"item2":"e"},"pair":{"key":"f","value":5}}""", json);
        Assert.Equal(tuples, SampleJson.Read<Tuples>(json, SampleJson.Oriel));
    }

    [Fact]
    public void Enums_are_texts_and_flags_are_numbers()
    {
        var json = SampleJson.Write(new Dictionaries(
            new(), new(), new() { [Hue.DarkGreen] = 1 }, new(), new Dictionary<string, int>(), new Dictionary<string, int>(), new(), new(), ImmutableDictionary<string, int>.Empty,
            ImmutableDictionary<string, int>.Empty, ImmutableSortedDictionary<string, int>.Empty, null, new()), SampleJson.Oriel);

        Assert.Contains("""{"darkGreen":1}""", json, StringComparison.Ordinal);
        Assert.Equal("3", SampleJson.Write(Access.Read | Access.Write, SampleJson.Oriel));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"2\"")]
    [InlineData("\"redd\"")]
    [InlineData("null")]
    public void An_enum_is_read_from_its_names_alone(string json) =>
        Assert.Throws<JsonException>(() => SampleJson.Read<Hue>(json, SampleJson.Oriel));

    [Fact]
    public void A_converter_of_the_options_comes_first()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = SampleJson.Oriel.TypeInfoResolver, Converters = { new ReversedConverter() } };

        Assert.Equal("\"cba\"", JsonSerializer.Serialize("abc", (JsonTypeInfo<string>)options.GetTypeInfo(typeof(string))));
    }

    [Fact]
    public void A_type_that_nobody_uses_is_not_known() => Assert.Null(SampleJson.Oriel.TypeInfoResolver!.GetTypeInfo(typeof(ResolverTests), SampleJson.Oriel));

    [Fact]
    public void What_is_generated_registers_itself()
    {
        // Any use of the options runs the module initializer.
        _ = SampleJson.Write(1, SampleJson.Oriel);

        Assert.Equal("""{"x":1,"y":2}""", JsonSerializer.Serialize(new Point(1, 2), new JsonTypes().Get<Point>()));
    }

    [Fact]
    public void Types_can_be_read_by_many_threads_at_once() =>
        Parallel.For(0, 64, i => Assert.Equal(i, SampleJson.Read<Point>($$"""{"x":{{i}}}""", SampleJson.Oriel).X));

    private static void Same<T>(T value)
    {
        var own = SampleJson.Write(value, SampleJson.Own);
        var generated = SampleJson.Write(value, SampleJson.Oriel);
        Assert.Equal(own, generated);
        Assert.Equal(
            SampleJson.Write(SampleJson.Read<T>(own, SampleJson.Own)!, SampleJson.Own),
            SampleJson.Write(SampleJson.Read<T>(own, SampleJson.Oriel)!, SampleJson.Oriel));
    }
}
