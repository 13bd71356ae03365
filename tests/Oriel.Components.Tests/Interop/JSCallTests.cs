using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Oriel.Components.Tests;

public sealed class JSCallTests
{
    [Fact]
    public async Task A_function_is_called_with_its_arguments_and_answers()
    {
        await using var page = Script.Show<Counter>();

        var sum = page.JS().InvokeAsync<int>("add", 2, new { Value = "x" }).AsTask();
        var call = await page.CalledAsync("add");
        await page.AnswerAsync(call, "5");

        Assert.Equal(5, await sum.InTime());
        Assert.Equal("""[2,{"value":"x"}]""", (string?)call[5]);
        Assert.Equal([(int)JSCallResultType.Default, 0, 1], [(int)call[6]!, (int)call[7]!, (int)call[8]!]);
    }

    [Fact]
    public async Task Objects_are_constructed_and_their_members_read_and_written()
    {
        await using var page = Script.Show<Counter>();

        var making = page.JS().InvokeConstructorAsync("Point", 1).AsTask();
        await page.AnswerAsync("Point", """{"__jsObjectId":3}""");
        var point = await making.InTime();
        var setting = point.SetValueAsync("x", 8).AsTask();
        await page.AnswerAsync("x", "8");
        await setting.InTime();
        var getting = point.GetValueAsync<int>("x", TestContext.Current.CancellationToken).AsTask();
        var get = await page.CalledAsync("x", 2);
        await page.AnswerAsync(get, "8");

        Assert.Equal(8, await getting.InTime());
        Assert.Equal([3, 3], [(long)get[7]!, (int)get[8]!]);
    }

    [Fact]
    public async Task A_module_is_an_object_whose_functions_are_called()
    {
        await using var page = Script.Show<Counter>();

        var importing = page.JS().InvokeAsync<IJSObjectReference>("import", "./_content/X/y.js").AsTask();
        await page.AnswerAsync("import", """{"__jsObjectId":9}""");
        var module = await importing.InTime();
        _ = module.InvokeVoidAsync("run").AsTask();

        Assert.Equal(9, (long)(await page.CalledAsync("run"))[7]!);
    }

    [Fact]
    public async Task What_a_function_throws_is_thrown_in_CSharp()
    {
        await using var page = Script.Show<Counter>();

        var failing = page.JS().InvokeVoidAsync("fail").AsTask();
        var call = await page.CalledAsync("fail");
        await page.SendAsync("end", (long)call[3]!, false, $"[{call[3]},false,\"no luck\"]");

        Assert.Equal("no luck", (await Assert.ThrowsAsync<JSException>(() => failing.InTime())).Message);
    }

    [Fact]
    public async Task A_call_is_cancelled()
    {
        await using var page = Script.Show<Counter>();
        using var source = new CancellationTokenSource();

        var call = page.JS().InvokeVoidAsync("wait", source.Token).AsTask();
        await page.CalledAsync("wait");
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
    }

    [Fact]
    public async Task A_call_that_is_not_answered_times_out()
    {
        await using var page = Script.Show<Counter>(configure: options => options.JSCallTimeout = TimeSpan.FromMilliseconds(20));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => page.JS().InvokeVoidAsync("wait").AsTask().InTime());
    }

    [Fact]
    public async Task A_call_before_there_is_a_page_says_where_to_call_instead()
    {
        await using var services = TestPage.Services(new(), runsScripts: true);
        await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(services);
        var js = (IJSRuntime)scope.ServiceProvider.GetService(typeof(IJSRuntime))!;

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => js.InvokeVoidAsync("alert").AsTask());

        Assert.Contains("OnAfterRenderAsync", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_under_way_and_later_ones_fail_when_the_session_ends()
    {
        var page = Script.Show<Counter>();
        var js = page.JS();
        var call = js.InvokeVoidAsync("wait").AsTask();
        await page.CalledAsync("wait");

        await page.DisposeAsync();

        await Assert.ThrowsAsync<JSDisconnectedException>(() => call.InTime());
        await Assert.ThrowsAsync<JSDisconnectedException>(() => js.InvokeVoidAsync("late").AsTask());
    }

    [Fact]
    public async Task An_element_is_passed_by_its_reference()
    {
        await using var page = Script.Show<Counter>();

        _ = page.JS().InvokeVoidAsync("look", new ElementReference("a7")).AsTask();

        Assert.Equal("""[{"__internalId":"a7"}]""", (string?)(await page.CalledAsync("look"))[5]);
    }

    // A slider with one handle passes its second on, too.
    [Fact]
    public async Task An_element_that_was_never_rendered_is_null_to_a_script_and_ends_nothing()
    {
        await using var page = Script.Show<Counter>();

        _ = page.JS().InvokeVoidAsync("look", new ElementReference("a7"), default(ElementReference)).AsTask();

        Assert.Equal("""[{"__internalId":"a7"},null]""", (string?)(await page.CalledAsync("look"))[5]);
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("1e400")]
    [InlineData("[")]
    [InlineData("")]
    [InlineData("5,6")]
    [InlineData("5]")]
    public async Task An_answer_of_the_wrong_form_is_the_error_of_its_call(string json)
    {
        await using var page = Script.Show<Counter>();

        var sum = page.JS().InvokeAsync<int>("add").AsTask();
        var other = page.JS().InvokeAsync<int>("other").AsTask();
        await page.AnswerAsync("add", json);
        await page.AnswerAsync("other", "1");

        await Assert.ThrowsAsync<JSException>(() => sum.InTime());
        Assert.Equal(1, await other.InTime());
    }

    [Fact]
    public async Task An_answer_that_is_too_deep_is_the_error_of_its_call()
    {
        await using var page = Script.Show<Counter>();

        var value = page.JS().InvokeAsync<object>("deep").AsTask();
        await page.AnswerAsync("deep", new string('[', 5_000) + new string(']', 5_000));

        await Assert.ThrowsAsync<JSException>(() => value.InTime());
        Assert.False(page.Session.IsEnding);
    }

    [Fact]
    public async Task An_answer_cannot_stand_for_another_call()
    {
        await using var page = Script.Show<Counter>();

        var one = page.JS().InvokeAsync<int>("one").AsTask();
        var two = page.JS().InvokeAsync<int>("two").AsTask();
        var (first, second) = ((await page.CalledAsync("one"))[3], (await page.CalledAsync("two"))[3]);
        await page.SendAsync("end", (long)first!, true, $"[{second},true,6]");

        await Assert.ThrowsAsync<JSException>(() => one.InTime());
        Assert.False(two.IsCompleted);
    }

    [Fact]
    public async Task An_answer_to_no_call_is_ignored()
    {
        await using var page = Script.Show<Counter>();

        await page.SendAsync("end", 77L, true, "[77,true,1]");
        await page.SendAsync("end", 78L, true, "nonsense");

        Assert.False(page.Session.IsEnding);
    }

    [Fact]
    public async Task Arguments_beyond_the_limit_are_refused_with_the_way_out()
    {
        await using var page = Script.Show<Counter>(configure: options => options.Limits = new() { MaxMessageBytes = 2_000 });

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => page.JS().InvokeVoidAsync("take", new string('x', 2_001)).AsTask());

        Assert.Contains("DotNetStreamReference", exception.Message, StringComparison.Ordinal);
    }
}
