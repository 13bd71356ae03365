using System.Text.Json;
using Oriel.Ipc;

namespace Oriel.Engine.Conformance;

/// <summary>States as a page uses them by commands, hostile pages included.</summary>
public abstract class StateTests(EngineFixture engine)
{
    private static readonly StateOptions Writable = new() { IsWritable = true };

    [Fact]
    public async Task A_page_opens_a_state_and_writes_it()
    {
        var state = engine.App.State(engine.Unique("text"), "a", Json.Default.String, Writable);
        await using var page = await engine.OpenAsync();

        Assert.Equal("""{"version":1,"value":"a"}""", await page.InvokeAsync("oriel.state.open", Key(state)));
        Assert.Equal("""{"version":2}""", await Set(page, state, 1, "\"b\""));
        Assert.Equal(("b", 2), (state.Value, state.Version));
    }

    [Fact]
    public async Task What_the_type_makes_of_a_value_is_answered()
    {
        var state = engine.App.State(engine.Unique("shape"), new Shape { Points = [] }, Json.Default.Shape, Writable);
        await using var page = await engine.OpenAsync();

        Assert.Equal("""{"version":2}""", await Set(page, state, 1, """{ "points": [{"y":1,"x":2}] }"""));
        Assert.Equal("""{"version":3,"value":{"points":[]}}""", await Set(page, state, 2, """{"points":[],"unknown":1}"""));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9_007_199_254_740_991)]
    public async Task A_stale_or_future_version_is_refused_with_the_present_value(long version)
    {
        var state = engine.App.State(engine.Unique("text"), "a", Json.Default.String, Writable);
        state.Set("b");
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => Set(page, state, version, "\"c\""));

        Assert.Equal((int)IpcErrorCode.Conflict, error.Code);
        Assert.Equal("""{"version":2,"value":"b"}""", error.ErrorData);
        Assert.Equal(("b", 2), (state.Value, state.Version));
    }

    [Theory]
    [InlineData("\"value\":1", "$")]
    [InlineData("\"value\":{\"points\":[{\"x\":1,\"y\":\"two\"}]}", "$.points[0].y")]
    [InlineData("\"value\":{}", "$")]
    [InlineData("\"value\":null", "$")]
    [InlineData("\"patch\":[{\"op\":\"replace\",\"path\":\"/points/5\",\"value\":1}]", "$.patch[0]")]
    [InlineData("\"patch\":[{\"op\":\"add\",\"path\":\"/points/-\",\"value\":{\"x\":1,\"y\":2}},{\"op\":\"remove\",\"path\":\"/__proto__/x\"}]", "$.patch[1]")]
    [InlineData("\"patch\":[{\"op\":\"remove\",\"path\":\"/points\"}]", "$")]
    [InlineData("\"patch\":7", "$.patch")]
    [InlineData("\"patch\":[],\"value\":1", "$.patch")]
    [InlineData("\"other\":1", "$.value")]
    public async Task A_write_that_does_not_fit_is_refused_with_its_path_and_changes_nothing(string change, string path)
    {
        var first = new Shape { Points = [new Point { X = 1, Y = 2 }] };
        var state = engine.App.State(engine.Unique("shape"), first, Json.Default.Shape, Writable);
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync("oriel.state.set", $$"""{"key":"{{state.Key}}","version":1,{{change}}}"""));

        Assert.Equal(-32602, error.Code);
        Assert.Equal(path, JsonDocument.Parse(error.ErrorData!).RootElement.GetProperty("path").GetString());
        Assert.Same(first, state.Value);
        Assert.Equal(1, state.Version);
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("1.5")]
    [InlineData("1e99")]
    [InlineData("null")]
    public async Task A_version_that_is_no_integer_is_refused(string version)
    {
        var state = engine.App.State(engine.Unique("text"), "a", Json.Default.String, Writable);
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync("oriel.state.set", $$"""{"key":"{{state.Key}}","version":{{version}},"value":"b"}"""));

        Assert.Equal(-32602, error.Code);
    }

    [Theory]
    [InlineData("\"value\":\"b\"")]
    [InlineData("\"patch\":[{\"op\":\"replace\",\"path\":\"\",\"value\":\"b\"}]")]
    public async Task A_state_that_pages_only_read_is_not_written(string change)
    {
        var state = engine.App.State(engine.Unique("text"), "a", Json.Default.String);
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync("oriel.state.set", $$"""{"key":"{{state.Key}}","version":1,{{change}}}"""));

        Assert.Equal((int)IpcErrorCode.Denied, error.Code);
        Assert.Contains("IsWritable", error.Message, StringComparison.Ordinal);
        Assert.Equal("a", state.Value);
    }

    [Fact]
    public async Task A_huge_patch_is_refused_and_the_page_goes_on()
    {
        var state = engine.App.State(engine.Unique("text"), "a", Json.Default.String, Writable);
        await using var page = await engine.OpenAsync();
        var operations = string.Join(',', Enumerable.Repeat("""{"op":"replace","path":"","value":"b"}""", 10_000));
        var large = new string('x', EngineFixture.MaxMessageBytes - 500);

        var many = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync("oriel.state.set", $$"""{"key":"{{state.Key}}","version":1,"patch":[{{operations}}]}"""));
        var longOne = await Assert.ThrowsAsync<PageErrorException>(() => Set(page, state, 1, $"\"{large}\""));

        Assert.Equal((-32602, (int)IpcErrorCode.PayloadTooLarge), (many.Code, longOne.Code));
        Assert.Equal("""{"version":2}""", await Set(page, state, 1, "\"b\""));
    }

    [Theory]
    [InlineData("oriel.state.open")]
    [InlineData("oriel.state.set")]
    [InlineData("oriel.state.close")]
    public async Task A_key_that_no_state_can_have_is_refused_before_its_rights_are_looked_up(string command)
    {
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);

        var denied = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync("oriel.state.open", $$"""{"key":"{{new string('k', 256)}}"}"""));
        var refused = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(command, $$"""{"key":"{{new string('é', 129)}}"}"""));

        Assert.Equal(((int)IpcErrorCode.Denied, -32602), (denied.Code, refused.Code));
        Assert.Equal("""{"path":"$.key"}""", refused.ErrorData);
    }

    [Fact]
    public async Task A_key_that_nobody_made_is_refused_by_name()
    {
        await using var page = await engine.OpenAsync();

        foreach (var key in (string[])["nothing", "__proto__", "constructor"])
        {
            var open = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync("oriel.state.open", $$"""{"key":"{{key}}"}"""));
            var set = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync("oriel.state.set", $$"""{"key":"{{key}}","version":1,"value":1}"""));

            Assert.Equal((-32602, -32602), (open.Code, set.Code));
            Assert.Contains($"\"{key}\"", set.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"key":1}""")]
    [InlineData("""{"key":"\ud800"}""")]
    public async Task A_key_that_is_no_text_is_refused(string arguments)
    {
        await using var page = await engine.OpenAsync();

        foreach (var command in (string[])["oriel.state.open", "oriel.state.close", "oriel.state.set"])
        {
            Assert.Equal(-32602, (await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(command, arguments))).Code);
        }
    }

    [Fact]
    public async Task A_state_of_a_window_is_that_of_its_page_and_goes_before_the_application_s()
    {
        var key = engine.Unique("text");
        engine.App.State(key, "of the application", Json.Default.String);
        await using var first = await engine.OpenAsync();
        await using var second = await engine.OpenAsync();
        first.Window.State(key, "of the window", Json.Default.String);

        Assert.Equal("""{"version":1,"value":"of the window"}""", await first.InvokeAsync("oriel.state.open", $$"""{"key":"{{key}}"}"""));
        Assert.Equal("""{"version":1,"value":"of the application"}""", await second.InvokeAsync("oriel.state.open", $$"""{"key":"{{key}}"}"""));
    }

    [Fact]
    public async Task Of_writers_at_once_each_version_has_one()
    {
        var state = engine.App.State(engine.Unique("number"), 0, Json.Default.Int32, Writable);
        await using var page = await engine.OpenAsync();
        (string, string)[] calls = [.. Enumerable.Range(1, 50).Select(i => ("oriel.state.set", $$"""{"key":"{{state.Key}}","version":1,"value":{{i}}}"""))];

        var answers = await page.InvokeInOneTurnAsync(calls);
        await Task.WhenAll(answers).ContinueWith(static _ => { }, TaskScheduler.Default).Soon();

        Assert.Equal(1, answers.Count(static answer => answer.IsCompletedSuccessfully));
        Assert.All(answers.Where(static answer => answer.IsFaulted), static answer => Assert.Equal(-32008, ((PageErrorException)answer.Exception!.InnerException!).Code));
        Assert.Equal(2, state.Version);
    }

    private static string Key<T>(SharedState<T> state) => $$"""{"key":"{{state.Key}}"}""";

    private static Task<string> Set<T>(IPageDriver page, SharedState<T> state, long version, string value) =>
        page.InvokeAsync("oriel.state.set", $$"""{"key":"{{state.Key}}","version":{{version}},"value":{{value}}}""");
}
