using System.Text.Json;

namespace Oriel.Engine.Conformance;

/// <summary>Messages that no client of ours writes.</summary>
public abstract class MessageTests(EngineFixture engine)
{
    [Fact]
    public async Task A_call_that_is_too_large_is_refused_and_the_next_is_answered()
    {
        var name = AddLength();
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name, $"\"{new string('x', EngineFixture.MaxMessageBytes)}\""));

        Assert.Equal(-32005, error.Code);
        Assert.Equal("3", await page.InvokeAsync(name, "\"x\""));
    }

    [Fact]
    public async Task An_event_that_is_too_large_is_refused_and_the_next_is_accepted()
    {
        var name = engine.Unique("event");
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.EmitAsync(name, $"\"{new string('x', EngineFixture.MaxMessageBytes)}\""));

        Assert.Equal(-32005, error.Code);
        await page.EmitAsync(name, "\"x\"");
    }

    [Fact]
    public async Task A_call_that_is_nested_too_deep_is_refused_and_the_next_is_answered()
    {
        var name = AddLength();
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name, Nested(EngineFixture.MaxDepth)));

        Assert.Equal(-32700, error.Code);
        Assert.Equal("80", await page.InvokeAsync(name, Nested(40)));
    }

    [Fact]
    public async Task Ten_thousand_levels_are_refused()
    {
        await using var page = await engine.OpenAsync();

        var answer = await page.PostRequestAsync("x1", $$"""{"type":"request","id":"x1","method":"any","data":{{Nested(10_000)}}}""");

        Assert.Contains("-32700", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"request","id":"x1","method":"oriel.window.close"}{"a":1}""", -32700)]
    [InlineData("""{"type":"request","id":"x1","method":"oriel.window.close"} true""", -32700)]
    [InlineData("""{"type":"request","id":"x1","id":"x2","method":"oriel.window.close"}""", -32600)]
    [InlineData("""{"type":"request","id":"x1","method":"oriel.window.close","method":"b"}""", -32600)]
    [InlineData("""{"type":"request","id":"x1","method":7}""", -32600)]
    [InlineData("""{"type":"request","id":"x1"}""", -32600)]
    [InlineData("""{"type":"request","id":"x1","method":""}""", -32600)]
    [InlineData("""{"id":"x1","method":"oriel.window.close"}""", -32600)]
    [InlineData("""{"type":"request","id":"x1","method":"oriel.window.close","credit":0}""", -32600)]
    [InlineData("""["request"]""", -32600)]
    [InlineData("rubbish", -32700)]
    [InlineData("{", -32700)]
    [InlineData("\u0000", -32700)]
    public async Task What_is_not_one_message_is_refused_and_nothing_is_called(string line, int code)
    {
        await using var page = await engine.OpenAsync();

        var answer = await page.PostRequestAsync("x1", line);

        Assert.Contains($"{code}", answer, StringComparison.Ordinal);
        await page.EmitAsync(engine.Unique("fence"));
        Assert.False(page.Window.IsClosed);
    }

    [Fact]
    public async Task A_raw_line_feed_makes_no_second_message()
    {
        var name = engine.Unique("smuggled");
        var calls = 0;
        engine.App.Commands.MapRaw(name, _ =>
        {
            Interlocked.Increment(ref calls);
            return ValueTask.CompletedTask;
        });
        await using var page = await engine.OpenAsync();

        await page.SignalUpAsync($"rx1 {{\"type\":\"request\",\"id\":\"x1\",\"method\":\"none\"}}\n{{\"type\":\"request\",\"id\":\"x2\",\"method\":\"{name}\"}}");
        await page.SignalUpAsync($"c {{\"type\":\"pong\"}}\n{{\"type\":\"request\",\"id\":\"x3\",\"method\":\"{name}\"}}");

        // A call of the same name that is properly made comes behind them.
        await page.InvokeAsync(name);
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("r")]
    [InlineData("q{}")]
    [InlineData("c")]
    [InlineData("crubbish")]
    [InlineData("c {\"type\":\"ready\",\"data\":{\"down\":\"post\"}}")]
    [InlineData("c {\"type\":\"credit\",\"data\":-1}")]
    [InlineData("c {\"type\":\"credit\",\"data\":99999999999999999999}")]
    [InlineData("c {\"type\":\"credit\",\"id\":\"1\",\"data\":1e9}")]
    [InlineData("c {\"type\":\"cancel\",\"id\":\"none\"}")]
    [InlineData("c {\"type\":\"response\",\"id\":\"1\",\"data\":1}")]
    [InlineData("c {\"type\":\"ping\"}")]
    [InlineData("c {\"type\":\"what is that\"}")]
    public async Task After_rubbish_the_bridge_works(string detail)
    {
        var name = AddLength();
        var arrived = engine.Unique("arrived");
        await using var page = await engine.OpenAsync();
        await page.RecordAsync(arrived);

        await page.SignalUpAsync(detail);

        Assert.Equal("1", await page.InvokeAsync(name, "7"));
        await page.Window.EmitAsync(arrived, "1"u8.ToArray());
        Assert.Equal([$"{arrived} 1"], await page.RecordedAsync(1));
    }

    [Fact]
    public async Task An_id_that_is_under_way_is_refused_to_another_call()
    {
        var name = engine.Unique("waiting");
        var answer = new TaskCompletionSource();
        engine.App.Commands.MapRaw(name, async _ => await answer.Task);
        await using var page = await engine.OpenAsync();
        var line = $$"""{"type":"request","id":"same","method":"{{name}}"}""";

        await page.SignalUpAsync($"rsame {line}");
        var refused = await page.PostRequestAsync("same", line);
        answer.SetResult();

        Assert.Equal(-32600, JsonDocument.Parse(refused).RootElement.GetProperty("error").GetProperty("code").GetInt32());
    }

    private string AddLength()
    {
        var name = engine.Unique("length");
        engine.App.Commands.MapRaw(name, static context =>
        {
            context.WriteResult(context.Arguments.Length, Json.Default.Int32);
            return ValueTask.CompletedTask;
        });
        return name;
    }

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);
}
