using System.Buffers;
using System.Text;
using System.Text.Json;
using Oriel.Ipc;

namespace Oriel.Engine.Conformance;

/// <summary>Calls of commands.</summary>
public abstract class CommandTests(EngineFixture engine)
{
    public static TheoryData<string, string> OddStrings => new()
    {
        { "empty", "" },
        { "lone high surrogate", "a\ud800b" },
        { "lone low surrogate", "a\udc00b" },
        { "reversed surrogates", "\udc00\ud800" },
        { "NUL", "a\0b" },
        { "control characters", string.Concat(Enumerable.Range(0, 32).Select(static c => (char)c)) + "\x7f" },
        { "line separators", "a\u2028b\u2029c\u0085d\r\ne" },
        { "500 non-ASCII characters", new string('ü', 500) },
        { "500 characters of three bytes", new string('語', 500) },
        { "emoji", "👩‍👩‍👧‍👦 🏳️‍🌈 🤷🏽" },
        { "end of a script", "</script><!--<script>" },
        { "byte order mark", "\ufeffa\ufeff" },
        { "noncharacters", "\uffff\ufffe\ufffd" },
        { "what looks like an escape", "\\u0041 \\n \\" },
        { "quotes", "\"'`${x}" },
        { "what looks like JSON", """{"type":"response","id":"1"}""" },
    };

    [Fact]
    public async Task A_command_answers()
    {
        var name = engine.Unique("double");
        engine.App.Commands.Map(name, static (int number) => number * 2, Json.Default.Int32, Json.Default.Int32);
        await using var page = await engine.OpenAsync();

        Assert.Equal("42", await page.InvokeAsync(name, "21"));
    }

    [Fact]
    public async Task A_command_without_an_answer_answers_null()
    {
        var name = engine.Unique("nothing");
        engine.App.Commands.MapRaw(name, static _ => ValueTask.CompletedTask);
        await using var page = await engine.OpenAsync();

        Assert.Equal("null", await page.InvokeAsync(name));
    }

    [Theory]
    [MemberData(nameof(OddStrings))]
    public async Task An_odd_string_comes_back_as_it_was(string what, string text)
    {
        Assert.NotEmpty(what);
        var name = AddEcho();
        await using var page = await engine.OpenAsync();

        Assert.Equal(text, Json.Unquote(await page.InvokeAsync(name, Json.Quote(text))));
    }

    [Fact]
    public async Task A_member_named_proto_comes_back_as_it_was()
    {
        var name = AddEcho();
        await using var page = await engine.OpenAsync();

        Assert.Equal("""{"__proto__":{"a":1},"constructor":2}""", await page.InvokeAsync(name, """{"__proto__":{"a":1},"constructor":2}"""));
    }

    [Fact]
    public async Task Of_a_key_that_stands_twice_the_last_counts()
    {
        var name = engine.Unique("duplicate");
        engine.App.Commands.Map(name, static (Shape shape) => shape.Points[0].X, Json.Default.Shape, Json.Default.Int32);
        await using var page = await engine.OpenAsync();

        Assert.Equal("3", await page.InvokeAsync(name, """{"points":[{"x":1,"y":2,"x":3}]}"""));
    }

    [Fact]
    public async Task A_megabyte_comes_back_as_it_was()
    {
        var name = AddEcho();
        var text = new string('x', 1024 * 1024);
        await using var page = await engine.OpenAsync();

        Assert.Equal(text, Json.Unquote(await page.InvokeAsync(name, Json.Quote(text))));
    }

    [Fact]
    public async Task An_unknown_command_is_named_in_its_error()
    {
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync("no.such.command"));

        Assert.Equal(-32601, error.Code);
        Assert.Contains("\"no.such.command\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"points":[{"x":1,"y":2},{"x":"one","y":2}]}""", "$.points[1].x")]
    [InlineData("""{"points":7}""", "$.points")]
    [InlineData("[]", "$")]
    [InlineData("\"text\"", "$")]
    public async Task Arguments_of_the_wrong_type_are_refused_with_their_path(string arguments, string path)
    {
        var name = AddShape();
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name, arguments));

        Assert.Equal(-32602, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(path, JsonDocument.Parse(error.ErrorData!).RootElement.GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"points":[{"x":1}]}""")]
    public async Task Missing_arguments_are_refused(string arguments)
    {
        var name = AddShape();
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name, arguments));

        Assert.Equal(-32602, error.Code);
    }

    [Fact]
    public async Task A_command_that_throws_answers_with_the_type_and_without_the_stack()
    {
        var name = engine.Unique("throws");
        engine.App.Commands.MapRaw(name, static _ => throw new InvalidTimeZoneException("It is late."));
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name));

        Assert.Equal(-32603, error.Code);
        Assert.Equal("It is late.", error.Message);
        Assert.Equal("""{"type":"System.InvalidTimeZoneException"}""", error.ErrorData);
    }

    [Fact]
    public async Task An_error_of_the_command_s_own_reaches_the_page_word_for_word()
    {
        var name = engine.Unique("own");
        engine.App.Commands.MapRaw(name, static _ => throw new IpcException(new IpcError(1234, "Out of paper", """{"tray":2}"""u8.ToArray())));
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name));

        Assert.Equal((1234, "Out of paper", """{"tray":2}"""), (error.Code, error.Message, error.ErrorData));
    }

    [Fact]
    public async Task An_answer_with_a_raw_line_feed_is_an_error_instead_of_two_messages()
    {
        var name = engine.Unique("lines");
        engine.App.Commands.MapRaw(name, static context => Write(context, "{\n\"a\":1}"));
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name));

        Assert.Equal(-32603, error.Code);
    }

    [Fact]
    public async Task A_call_that_the_page_cancels_is_cancelled_in_its_command()
    {
        var (name, started, cancelled) = AddWaiting();
        await using var page = await engine.OpenAsync();
        using var cancellation = new CancellationTokenSource();

        var call = page.InvokeAsync(name, "null", cancellation.Token);
        await started.Task.Soon();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task.Soon();
    }

    [Fact]
    public async Task A_call_that_is_cancelled_in_the_turn_it_began_in_is_cancelled_in_its_command()
    {
        var (name, _, cancelled) = AddWaiting();
        await using var page = await engine.OpenAsync();

        await page.InvokeAndCancelAsync(name);

        await cancelled.Task.Soon();
    }

    [Fact]
    public async Task A_call_in_flight_is_cancelled_when_the_page_navigates()
    {
        var (name, started, cancelled) = AddWaiting();
        var next = engine.AddPage();
        await using var page = await engine.OpenAsync();

        var call = page.InvokeAsync(name);
        await started.Task.Soon();
        await EngineFixture.LoadAsync(page.Window, () => page.NavigateAsync(next));

        await cancelled.Task.Soon();
        await Assert.ThrowsAnyAsync<Exception>(() => call);
    }

    [Fact]
    public async Task A_call_in_flight_is_cancelled_when_its_window_closes()
    {
        var (name, started, cancelled) = AddWaiting();
        var page = await engine.OpenAsync();

        _ = page.InvokeAsync(name).ContinueWith(static call => call.Exception, TaskScheduler.Default);
        await started.Task.Soon();
        await page.DisposeAsync();

        await cancelled.Task.Soon();
    }

    [Fact]
    public async Task The_answer_to_a_document_that_is_gone_does_not_reach_the_next()
    {
        var (waiting, echo) = (engine.Unique("late"), AddEcho());
        var started = Promise();
        var answer = Promise();
        engine.App.Commands.MapRaw(waiting, async context =>
        {
            started.TrySetResult();
            await answer.Task;
            await Write(context, "\"late\"");
        });
        await using var page = await engine.OpenAsync();

        _ = page.InvokeAsync(waiting).ContinueWith(static call => call.Exception, TaskScheduler.Default);
        await started.Task.Soon();
        await EngineFixture.LoadAsync(page.Window, () => page.NavigateAsync(engine.AddPage()));
        answer.SetResult();

        // The first call of the new document has the id of the first call of the old one.
        Assert.Equal("\"new\"", await page.InvokeAsync(echo, "\"new\""));
    }

    [Fact]
    public async Task A_command_of_the_UI_thread_runs_there_and_others_do_not()
    {
        var (onUI, elsewhere) = (engine.Unique("ui"), engine.Unique("background"));
        engine.App.Commands.MapRaw(onUI, WhereAmI, new CommandOptions { Thread = CommandThread.UI });
        engine.App.Commands.MapRaw(elsewhere, WhereAmI);
        await using var page = await engine.OpenAsync();

        Assert.Equal(("true", "false"), (await page.InvokeAsync(onUI), await page.InvokeAsync(elsewhere)));

        ValueTask WhereAmI(CommandContext context) => Write(context, engine.App.Dispatcher.CheckAccess() ? "true" : "false");
    }

    [Fact]
    public async Task A_slow_call_does_not_hold_back_the_calls_of_its_turn()
    {
        var (slow, echo) = (engine.Unique("slow"), AddEcho());
        var answer = Promise();
        engine.App.Commands.MapRaw(slow, async context =>
        {
            await answer.Task;
            await Write(context, "\"slow\"");
        });
        await using var page = await engine.OpenAsync();

        var calls = await page.InvokeInOneTurnAsync((slow, "null"), (echo, "1"), (echo, "2"));
        var fast = await Task.WhenAll(calls[1..]).Soon();
        var wasSlowPending = !calls[0].IsCompleted;
        answer.SetResult();

        Assert.Equal(["1", "2"], fast);
        Assert.True(wasSlowPending);
        Assert.Equal("\"slow\"", await calls[0].Soon());
    }

    [Fact]
    public async Task A_thousand_calls_at_once_are_answered_each_with_its_own()
    {
        var name = engine.Unique("square");
        engine.App.Commands.Map(name, static async (int number, CommandContext _) =>
        {
            await Task.Yield();
            return number * number;
        }, Json.Default.Int32, Json.Default.Int32);
        await using var page = await engine.OpenAsync();

        var answers = await page.InvokeManyAsync(name, 1_000);

        Assert.Equal(Enumerable.Range(0, 1_000).Select(static i => $"{i * i}"), answers);
    }

    [Fact]
    public async Task A_command_that_is_added_while_a_window_is_open_can_be_called_at_once()
    {
        await using var page = await engine.OpenAsync();

        var name = AddEcho();

        Assert.Equal("1", await page.InvokeAsync(name, "1"));
    }

    [Fact]
    public async Task A_command_that_was_removed_is_unknown()
    {
        var name = AddEcho();
        await using var page = await engine.OpenAsync();
        await page.InvokeAsync(name, "1");

        engine.App.Commands.Remove(name);

        Assert.Equal(-32601, (await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name, "1"))).Code);
    }

    private string AddEcho()
    {
        var name = engine.Unique("echo");
        engine.App.Commands.MapRaw(name, static context =>
        {
            context.Result.Write(context.Arguments.Span);
            return ValueTask.CompletedTask;
        });
        return name;
    }

    private string AddShape()
    {
        var name = engine.Unique("shape");
        engine.App.Commands.Map(name, static (Shape shape) => shape.Points.Length, Json.Default.Shape, Json.Default.Int32);
        return name;
    }

    private (string Name, TaskCompletionSource Started, TaskCompletionSource Cancelled) AddWaiting()
    {
        var name = engine.Unique("waiting");
        var (started, cancelled) = (Promise(), Promise());
        engine.App.Commands.MapRaw(name, async context =>
        {
            await using var registration = context.CancellationToken.Register(() => cancelled.TrySetResult());
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        });
        return (name, started, cancelled);
    }

    private static ValueTask Write(CommandContext context, string json)
    {
        context.Result.Write(Encoding.UTF8.GetBytes(json));
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource Promise() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
