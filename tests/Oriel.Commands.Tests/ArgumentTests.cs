using System.Globalization;

namespace Oriel.Commands.Tests;

/// <summary>What a page gives a command, and what of it is refused.</summary>
public sealed class ArgumentTests : IAsyncLifetime
{
    private Host _host = null!;

    public async ValueTask InitializeAsync() => _host = await Host.StartAsync(static app =>
    {
        app.Commands.Map("greet", (string name) => $"Hello, {name}");
        app.Commands.Map("join", (string first, int count = 2, string separator = "-") => string.Join(separator, Enumerable.Repeat(first, count)));
        app.Commands.Map("maybe", (string? text, int? number = null) => $"{text ?? "null"} {number?.ToString(CultureInfo.InvariantCulture) ?? "null"}");
        app.Commands.Map("sum", (int a, long b, double c, bool negate) => negate ? -(a + b + c) : a + b + c);
        app.Commands.Map("small", (byte value) => value);
        app.Commands.Map("paint", (Color color) => color);
        app.Commands.Map("shape", (Shape shape) => shape.Points.Length);
        app.Commands.Map("tree", (Tree tree) => tree.Children.Count);
        app.Commands.Map("picky", (Picky picky) => picky.Kind);
        app.Commands.Map("nothing", () => 1);
        app.Commands.Map("length", (string text) => text.Length);
        app.Commands.Map(
            "defaults",
            (int? depth = 3, DayOfWeek? day = DayOfWeek.Monday, decimal? price = 9.5m, char? mark = 'x') => string.Create(CultureInfo.InvariantCulture, $"{depth} {day} {price} {mark}"));
        app.Commands.Map("total", (int start, params int[] numbers) => start + numbers.Sum());
        app.Commands.Map("keyword", (string @class, int été) => $"{@class} {été}");
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("greet", """{"name":"Ada"}""", "\"Hello, Ada\"")]
    [InlineData("greet", """["Ada"]""", "\"Hello, Ada\"")]
    [InlineData("join", """{"first":"a"}""", "\"a-a\"")]
    [InlineData("join", """{"separator":"+","count":3,"first":"a"}""", "\"a\\u002Ba\\u002Ba\"")]
    [InlineData("join", """["a",1]""", "\"a\"")]
    [InlineData("maybe", """{"text":null}""", "\"null null\"")]
    [InlineData("maybe", """{"text":"x","number":null}""", "\"x null\"")]
    [InlineData("maybe", """["x",7]""", "\"x 7\"")]
    [InlineData("sum", """{"a":1,"b":2,"c":0.5,"negate":false}""", "3.5")]
    [InlineData("sum", """[1,2,0.5,true]""", "-3.5")]
    [InlineData("paint", """{"color":"darkBlue"}""", "\"darkBlue\"")]
    [InlineData("shape", """{"shape":{"name":"x","points":[{"x":1,"y":2}],"fill":"red"}}""", "1")]
    [InlineData("shape", """[{"name":"x","points":[]}]""", "0")]
    [InlineData("nothing", null, "1")]
    [InlineData("nothing", "null", "1")]
    [InlineData("nothing", "{}", "1")]
    [InlineData("nothing", "[]", "1")]
    [InlineData("greet", """{"na\u006de":"Ada"}""", "\"Hello, Ada\"")]
    [InlineData("defaults", null, "\"3 Monday 9.5 x\"")]
    [InlineData("defaults", """{"day":null,"depth":4}""", "\"4  9.5 x\"")]
    [InlineData("total", "[1]", "1")]
    [InlineData("total", """{"start":1,"numbers":[2,3]}""", "6")]
    [InlineData("keyword", """{"class":"a","été":3}""", "\"a 3\"")]
    public async Task Arguments_bind_by_name_and_by_position(string name, string? arguments, string answer) =>
        Assert.Equal(answer, await _host.CallAsync(name, arguments));

    [Theory]
    [InlineData("greet", null, "$.name")]
    [InlineData("greet", "{}", "$.name")]
    [InlineData("greet", "[]", "$.name")]
    [InlineData("sum", """{"a":1,"negate":true}""", "$.b")]
    [InlineData("maybe", "{}", "$.text")]
    public async Task A_missing_argument_is_named(string name, string? arguments, string path)
    {
        var refused = await _host.RefusedAsync(name, arguments);

        Assert.Equal(path, refused.Path);
        Assert.Contains($"needs \"{path[2..]}\"", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("greet", """{"name":"Ada","age":36}""", "$.age")]
    [InlineData("greet", """{"Name":"Ada"}""", "$.Name")]
    [InlineData("nothing", """{"x":1}""", "$.x")]
    [InlineData("greet", """["Ada",36]""", "$[1]")]
    [InlineData("nothing", "[null]", "$[0]")]
    public async Task An_argument_that_is_no_parameter_is_refused(string name, string arguments, string path) =>
        Assert.Equal(path, (await _host.RefusedAsync(name, arguments)).Path);

    [Theory]
    [InlineData("greet", """{"name":"Ada","name":"Grace"}""", "$.name")]
    [InlineData("shape", """{"shape":{"name":"x","points":[]},"shape":{"name":"y","points":[]}}""", "$.shape")]
    public async Task An_argument_that_is_given_twice_is_refused(string name, string arguments, string path) =>
        Assert.Equal(path, (await _host.RefusedAsync(name, arguments)).Path);

    [Theory]
    [InlineData("greet", """{"name":null}""", "$.name")]
    [InlineData("greet", "[null]", "$[0]")]
    [InlineData("join", """{"first":"a","count":null}""", "$.count")]
    [InlineData("paint", """{"color":null}""", "$.color")]
    [InlineData("shape", """{"shape":null}""", "$.shape")]
    [InlineData("shape", """{"shape":{"name":null,"points":[]}}""", "$.shape.name")]
    public async Task Null_is_refused_where_there_must_be_a_value(string name, string arguments, string path) =>
        Assert.Equal(path, (await _host.RefusedAsync(name, arguments)).Path);

    [Theory]
    [InlineData("greet", "\"Ada\"")]
    [InlineData("greet", "1")]
    [InlineData("nothing", "true")]
    public async Task Arguments_that_are_one_plain_value_are_refused(string name, string arguments)
    {
        var refused = await _host.RefusedAsync(name, arguments);

        Assert.Equal("$", refused.Path);
        Assert.Contains("takes", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("greet", """{"name":1}""", "$.name")]
    [InlineData("greet", """{"name":{}}""", "$.name")]
    [InlineData("sum", """{"a":"1","b":2,"c":3,"negate":false}""", "$.a")]
    [InlineData("sum", """[1,2,3,0]""", "$[3]")]
    [InlineData("shape", """{"shape":{"name":"x","points":[{"x":"1","y":2}]}}""", "$.shape.points[0].x")]
    [InlineData("shape", """[{"name":"x","points":7}]""", "$[0].points")]
    [InlineData("shape", """{"shape":{"points":[]}}""", "$.shape")]
    public async Task A_value_of_another_type_is_refused_at_its_path(string name, string arguments, string path) =>
        Assert.Equal(path, (await _host.RefusedAsync(name, arguments)).Path);

    [Theory]
    [InlineData("sum", """{"a":2147483648,"b":2,"c":3,"negate":false}""", "$.a")]
    [InlineData("sum", """{"a":1.5,"b":2,"c":3,"negate":false}""", "$.a")]
    [InlineData("sum", """{"a":1,"b":9223372036854775808,"c":3,"negate":false}""", "$.b")]
    [InlineData("sum", """{"a":1,"b":2,"c":1e999,"negate":false}""", "$.c")]
    [InlineData("small", """{"value":256}""", "$.value")]
    [InlineData("small", """{"value":-1}""", "$.value")]
    public async Task A_number_out_of_range_is_refused(string name, string arguments, string path) =>
        Assert.Equal(path, (await _host.RefusedAsync(name, arguments)).Path);

    [Theory]
    [InlineData("paint", """{"color":"green"}""", "$.color")]
    [InlineData("paint", """{"color":7}""", "$.color")]
    [InlineData("shape", """{"shape":{"name":"x","points":[],"fill":"green"}}""", "$.shape.fill")]
    public async Task A_value_that_an_enum_does_not_have_is_refused(string name, string arguments, string path) =>
        Assert.Equal(path, (await _host.RefusedAsync(name, arguments)).Path);

    [Theory]
    [InlineData("argument")]
    [InlineData("range")]
    [InlineData("format")]
    [InlineData("overflow")]
    public async Task A_value_that_the_constructor_of_its_type_does_not_accept_is_refused(string kind)
    {
        var refused = await _host.RefusedAsync("picky", $$$"""{"picky":{"kind":"{{{kind}}}"}}""");

        Assert.Equal("$.picky", refused.Path);
        Assert.Contains("No such thing.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_is_refused() =>
        Assert.Equal("$.name", (await _host.RefusedAsync("greet", """{"name":"\ud800"}""")).Path);

    [Fact]
    public async Task A_name_that_is_half_of_a_surrogate_pair_is_refused() =>
        Assert.StartsWith("$.", (await _host.RefusedAsync("greet", """{"\ud800":1}""")).Path, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_nested_too_deeply_is_refused()
    {
        var arguments = $"{{\"tree\":{string.Concat(Enumerable.Repeat("{\"children\":[", 40))}{string.Concat(Enumerable.Repeat("]}", 40))}}}";

        Assert.StartsWith("$.tree", (await _host.RefusedAsync("tree", arguments)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_any_length_is_cut_in_the_error()
    {
        var refused = await _host.RefusedAsync("greet", $$"""{"{{new string('x', 100_000)}}":1}""");

        Assert.True(refused.Message.Length < 500, refused.Message);
    }

    [Fact]
    public async Task A_huge_argument_arrives_whole() =>
        Assert.Equal("5000000", await _host.CallAsync("length", $"{{\"text\":\"{new string('x', 5_000_000)}\"}}"));

    [Fact]
    public async Task A_command_that_refused_answers_the_next_call()
    {
        await _host.RefusedAsync("greet", "{}");

        Assert.Equal("\"Hello, Ada\"", await _host.CallAsync("greet", """{"name":"Ada"}"""));
    }
}
