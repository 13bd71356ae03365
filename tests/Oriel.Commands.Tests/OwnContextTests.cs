using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oriel.Commands.Tests;

/// <summary>Metadata of the application's own, which goes before what is generated.</summary>
public sealed class OwnContextTests
{
    [Fact]
    public async Task Bytes_in_a_type_of_an_own_context_travel_beside_the_JSON()
    {
        await using var host = await StartAsync(static app => app.Commands.Map("reverse", static (OwnPicture picture) =>
            new OwnPicture(picture.FileName, [.. picture.Content.Reverse()]) { Thumbnail = picture.Content, More = new MemoryStream(picture.Content) }));
        var bytes = Enumerable.Range(0, 1_000_000).Select(static i => (byte)i).ToArray();

        var answer = await host.CallAsync("reverse", $$$"""{"picture":{"fileName":"a","content":{{{host.Page.AddBody(bytes)}}},"thumbnail":{{{host.Page.AddBody(bytes)}}},"more":null}}""");

        using var json = JsonDocument.Parse(answer);
        Assert.Equal("a", json.RootElement.GetProperty("fileName").GetString());
        Assert.Equal(bytes.Reverse(), await host.Page.ReadBodyAsync(json.RootElement.GetProperty("content").GetRawText()).InTime());
        Assert.Equal(bytes, await host.Page.ReadBodyAsync(json.RootElement.GetProperty("thumbnail").GetRawText()).InTime());
        Assert.Equal(bytes, await host.Page.ReadBodyAsync(json.RootElement.GetProperty("more").GetRawText()).InTime());
    }

    [Fact]
    public async Task Bytes_as_text_are_refused_in_a_type_of_an_own_context_too()
    {
        await using var host = await StartAsync(static app => app.Commands.Map("length", static (OwnPicture picture) => picture.Content.Length));

        var (path, message) = await host.RefusedAsync("length", """{"picture":{"fileName":"a","content":"AAAA","thumbnail":"AAAA"}}""");

        Assert.Equal("$.picture.content", path);
        Assert.Contains("Uint8Array", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_outside_of_a_call_are_refused_with_the_way_out()
    {
        var type = new JsonTypes(OwnContext.Default).Get<OwnPicture>();

        var error = Assert.Throws<JsonException>(() => JsonSerializer.Serialize(new OwnPicture("a", [1]), type));

        Assert.Contains("app.Serve", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_without_a_naming_policy_takes_that_of_the_bridge()
    {
        var types = new JsonTypes(OwnContext.Default);

        Assert.Equal("""{"givenName":"Ada","x":1}""", JsonSerializer.Serialize(new OwnPerson("Ada") { Age = 1 }, types.Get<OwnPerson>()));
    }

    [Fact]
    public void The_naming_policy_of_a_context_holds_for_its_types_wherever_they_stand()
    {
        var types = new JsonTypes(SnakeContext.Default);

        Assert.Equal("""{"given_name":"Ada","x":1}""", JsonSerializer.Serialize(new OwnPerson("Ada") { Age = 1 }, types.Get<OwnPerson>()));
        Assert.Equal(new OwnPerson("Ada") { Age = 1 }, JsonSerializer.Deserialize("""{"given_name":"Ada","x":1}""", types.Get<OwnPerson>()));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"givenName":"Ada"}""", types.Get<OwnPerson>()));
    }

    [Fact]
    public async Task The_naming_policy_of_a_context_holds_within_generated_types_and_theirs_around_it()
    {
        await using var host = await StartAsync(
            static app => app.Commands.Map("greet", static (OwnPerson person, string greetingWord) => new Greeted(person, $"{greetingWord} {person.GivenName}")),
            SnakeContext.Default);

        Assert.Equal(
            """{"whoItIs":{"given_name":"Ada","x":0},"theText":"Hi Ada"}""",
            await host.CallAsync("greet", """{"person":{"given_name":"Ada"},"greetingWord":"Hi"}"""));
        Assert.Equal("$.person", (await host.RefusedAsync("greet", """{"person":{"givenName":"Ada"},"greetingWord":"Hi"}""")).Path);
    }

    [Fact]
    public async Task Numbers_and_texts_need_no_context_where_one_has_them()
    {
        await using var host = await Host.StartAsync(static app => app.Commands.Map("repeat", static (string text, int times) => string.Concat(Enumerable.Repeat(text, times))));

        Assert.Equal("\"abab\"", await host.CallAsync("repeat", """{"text":"ab","times":2}"""));
    }

    [Fact]
    public void All_but_the_names_is_as_everywhere_on_the_bridge()
    {
        // The context would take null; the bridge does not where the type says nothing of it.
        Assert.NotNull(JsonSerializer.Deserialize("""{"given_name":null}""", SnakeContext.Default.OwnPerson));

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"given_name":null}""", new JsonTypes(SnakeContext.Default).Get<OwnPerson>()));
    }

    private static Task<Host> StartAsync(Action<OrielApp> setup, JsonSerializerContext? context = null) =>
        Host.StartAsync(setup, build: builder => builder.Json(context ?? OwnContext.Default));
}

public sealed record OwnPicture(string FileName, byte[] Content)
{
    public ReadOnlyMemory<byte> Thumbnail { get; init; }

    public Stream? More { get; init; }
}

public sealed record OwnPerson(string GivenName)
{
    [JsonPropertyName("x")]
    public int Age { get; init; }
}

public sealed record Greeted(OwnPerson WhoItIs, string TheText);

[JsonSerializable(typeof(OwnPicture))]
[JsonSerializable(typeof(OwnPerson))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
internal sealed partial class OwnContext : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OwnPerson))]
internal sealed partial class SnakeContext : JsonSerializerContext;
