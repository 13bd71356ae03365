using System.Text.Json.Nodes;
using Microsoft.JSInterop;

namespace Oriel.Components.Tests;

public sealed class InvokableTests
{
    private static string Own => typeof(InvokableTests).Assembly.GetName().Name!;

    [JSInvokable("tests.double")]
    public static int Twice(int value) => value * 2;

    [JSInvokable("tests.echo")]
    public static async Task<string> EchoAsync(string text)
    {
        await Task.Yield();
        return text;
    }

    [Fact]
    public async Task The_page_calls_a_static_method_of_an_assembly_with_components()
    {
        await using var page = Script.Show<Counter>();

        await page.SendAsync("call", 1, Own, "tests.double", null, "[21]");
        await page.SendAsync("call", 2, Own, "tests.echo", null, "[\"hi\"]");
        var answers = await page.MessagesAsync("done", 2);

        Assert.Equal("""["1",true,"42"]""", Answer(answers[0]));
        Assert.Equal("""["2",true,"\u0022hi\u0022"]""", Answer(answers[1]));
    }

    [Fact]
    public async Task The_page_calls_a_method_of_an_object_that_it_was_given()
    {
        await using var page = Script.Show<Counter>();
        var target = new Target();
        using var reference = DotNetObjectReference.Create(target);

        _ = page.JS().InvokeVoidAsync("keep", reference).AsTask();
        var id = (long)JsonNode.Parse((string)(await page.CalledAsync("keep"))[5]!)![0]!["__dotNetObject"]!;
        await page.SendAsync("call", 1, null, "Add", id, "[4]");
        await page.MessagesAsync("done");

        Assert.Equal(4, target.Sum);
    }

    [Theory]
    [InlineData("Hidden")]
    [InlineData("ToString")]
    [InlineData("set_Sum")]
    public async Task A_method_without_the_attribute_cannot_be_called(string method)
    {
        await using var page = Script.Show<Counter>();
        var target = new Target();
        using var reference = DotNetObjectReference.Create(target);
        _ = page.JS().InvokeVoidAsync("keep", reference).AsTask();
        var id = (long)JsonNode.Parse((string)(await page.CalledAsync("keep"))[5]!)![0]!["__dotNetObject"]!;

        await page.SendAsync("call", 1, null, method, id, "[4]");

        Assert.False((bool)(await page.MessagesAsync("done"))[0][4]!);
        Assert.Equal(0, target.Sum);
    }

    [Theory]
    [InlineData("System.Private.CoreLib")]
    [InlineData("Microsoft.AspNetCore.Components.Web")]
    [InlineData("Oriel.Core")]
    [InlineData("Nowhere")]
    public async Task Static_methods_of_other_assemblies_cannot_be_called(string assembly)
    {
        await using var page = Script.Show<Counter>();

        await page.SendAsync("call", 1, assembly, "x", null, "[]");

        Assert.Contains("JSInvokableAssemblies", (string?)(await page.MessagesAsync("done"))[0][5], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assembly_that_is_listed_is_looked_into()
    {
        await using var page = Script.Show<Counter>(configure: options => options.JSInvokableAssemblies.Add(typeof(string).Assembly));

        await page.SendAsync("call", 1, typeof(string).Assembly.GetName().Name, "x", null, "[]");

        Assert.DoesNotContain("JSInvokableAssemblies", (string?)(await page.MessagesAsync("done"))[0][5], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[\"text\"]")]
    [InlineData("[1,2]")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("[{\"__byte[]\":5}]")]
    [InlineData("[{\"__dotNetObject\":99}]")]
    public async Task Arguments_that_do_not_fit_are_the_error_of_their_call(string arguments)
    {
        await using var page = Script.Show<Counter>(configure: options => options.IsDevelopment = false);

        await page.SendAsync("call", 1, Own, "tests.double", null, arguments);
        var answer = (await page.MessagesAsync("done"))[0];

        Assert.False((bool)answer[4]!);
        Assert.Contains("DOTNET_ENVIRONMENT", (string?)answer[5], StringComparison.Ordinal);
        Assert.False(page.Session.IsEnding);
    }

    [Fact]
    public async Task An_unknown_object_is_the_error_of_its_call()
    {
        await using var page = Script.Show<Counter>();

        await page.SendAsync("call", 1, null, "Add", 12345, "[4]");

        Assert.False((bool)(await page.MessagesAsync("done"))[0][4]!);
    }

    [Fact]
    public async Task A_message_that_is_no_call_ends_the_session()
    {
        await using var page = Script.Show<Counter>();

        await page.SendAsync("call", "one", Own, "tests.double", null, "[1]");

        Assert.True(page.Session.IsEnding);
    }

    [Fact]
    public async Task A_call_without_a_number_cannot_be_counted_and_ends_the_session()
    {
        await using var page = Script.Show<Counter>();

        await page.SendAsync("call", null, Own, "tests.double", null, "[1]");

        Assert.True(page.Session.IsEnding);
    }

    [Fact]
    public async Task A_page_has_a_bounded_number_of_calls_under_way()
    {
        await using var page = Script.Show<Counter>();
        using var reference = DotNetObjectReference.Create(new Target());
        _ = page.JS().InvokeVoidAsync("keep", reference).AsTask();
        var id = (long)JsonNode.Parse((string)(await page.CalledAsync("keep"))[5]!)![0]!["__dotNetObject"]!;

        for (var call = 1; call <= 4_097; call++)
        {
            await page.SendAsync("call", call, null, "Wait", id, "[]");
        }

        var answer = Assert.Single(await page.MessagesAsync("done"));
        Assert.Equal("4097", (string?)answer[3]);
        Assert.False((bool)answer[4]!);
    }

    private static string Answer(JsonArray message) => new JsonArray([.. message.Skip(3).Select(m => m?.DeepClone())]).ToJsonString();

    private sealed class Target
    {
        private readonly TaskCompletionSource _never = new();

        public int Sum { get; private set; }

        [JSInvokable]
        public void Add(int value) => Sum += value;

        [JSInvokable]
        public Task Wait() => _never.Task;

        public void Hidden(int value) => Sum += value;
    }
}
