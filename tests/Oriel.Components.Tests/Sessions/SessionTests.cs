using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Oriel.Components.Tests;

public sealed class SessionTests
{
    [Fact]
    public async Task A_page_is_greeted_and_gets_what_the_component_rendered()
    {
        await using var page = TestPage.Show<Counter>();

        Assert.Equal("hello", (string?)page.Messages[0][2]);
        Assert.Equal(page.Session.Id, (string?)page.Messages[0][3]!["session"]);
        Assert.Equal("""{"0":"body"}""", page.Messages[0][3]!["roots"]!.ToJsonString());
        Assert.Equal("<p role=status>Current count: 0</p><button onclick>Click me</button>", page.Document().ToString());
    }

    [Fact]
    public async Task A_page_with_JavaScript_has_a_head_too()
    {
        await using var page = TestPage.Show<Counter>(services: s => s.AddScoped<IJSRuntime, NoJavaScript>());

        Assert.Equal("""{"0":"body","1":"head"}""", page.Messages[0][3]!["roots"]!.ToJsonString());
    }

    [Fact]
    public async Task A_click_changes_what_the_handler_changed_and_is_acknowledged_by_that()
    {
        await using var page = TestPage.Show<Counter>();

        await page.RaiseAsync("click");

        Assert.Equal("""0,0,6,0,5,1,"1",7""", TestPage.Body(page.Frames[1]));
        Assert.Equal(1, (long)page.Frames[1][1]!);
    }

    [Fact]
    public async Task A_frame_that_was_held_back_does_not_acknowledge_what_is_typed_before_it_is_handled()
    {
        await using var page = TestPage.Show<Typing>(acknowledges: false);
        var typing = page.Root<Typing>();
        await page.Session.Dispatcher.InvokeAsync(typing.Tick);
        await page.Session.Dispatcher.InvokeAsync(typing.Tick);
        Assert.Equal(2, page.Frames.Count);

        await page.SendRawAsync($$"""[1,{{page.Last}},"event",{{page.Handler("input")}},"input",null,{"value":"typed"}]""");

        Assert.Equal([0, 0, 0, 1], page.Frames.Select(frame => (long)frame[1]!));
        Assert.Contains("typed", page.Frames[3].ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_while_a_message_is_handled_goes_with_its_answer()
    {
        await using var page = TestPage.Show<Counter>();
        var turn = new TurnBuffer();
        var before = page.Messages.Count;

        await page.Session.ReceiveAsync(page.Event("click"), turn);

        Assert.Single(turn.Messages);
        Assert.Equal(before, page.Messages.Count);
    }

    [Fact]
    public async Task Messages_that_come_early_are_handled_in_their_order()
    {
        var kinds = new List<string>();
        await using var page = TestPage.Show<Counter>(services: s => s.AddScoped<ISessionPart>(_ => new Recorder(kinds, "a", "b", "c")));

        var third = page.SendRawAsync("""[3,0,"c"]""");
        var second = page.SendRawAsync("""[2,0,"b"]""");
        Assert.Empty(kinds);
        await page.SendRawAsync("""[1,0,"a"]""");
        await Task.WhenAll(second, third);

        Assert.Equal(["a", "b", "c"], kinds);
    }

    [Fact]
    public async Task A_message_that_comes_again_is_handled_once()
    {
        var kinds = new List<string>();
        await using var page = TestPage.Show<Counter>(services: s => s.AddScoped<ISessionPart>(_ => new Recorder(kinds, "a")));

        await page.SendRawAsync("""[1,0,"a"]""");
        await page.SendRawAsync("""[1,0,"a"]""");

        Assert.Equal(["a"], kinds);
        Assert.False(page.Session.IsEnding);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1,0]")]
    [InlineData("""["1",0,"ack"]""")]
    [InlineData("""[0,0,"ack"]""")]
    [InlineData("""[-1,0,"ack"]""")]
    [InlineData("""[1.5,0,"ack"]""")]
    [InlineData("""[1,-1,"ack"]""")]
    [InlineData("""[1,99,"ack"]""")]
    [InlineData("""[1,0,7]""")]
    [InlineData("""[1,0,"\u0000"]""")]
    [InlineData("""[1,0,"no such kind"]""")]
    [InlineData("""[1,0,"event"]""")]
    [InlineData("""[1,0,"event",-1,"click",null,{}]""")]
    [InlineData("""[1,0,"event",1.5,"click",null,{}]""")]
    [InlineData("""[1,0,"event",1,7,null,{}]""")]
    [InlineData("""[1,0,"ack"] [2,0,"ack"]""")]
    public async Task A_page_that_sends_garbage_loses_its_session_and_no_other(string text)
    {
        await using var services = TestPage.Services(new());
        var host = services.GetRequiredService<SessionHost>();
        await using var other = TestPage.Show<Counter>(host);
        await using var page = TestPage.Show<Counter>(host);

        await page.SendRawAsync(text);
        await page.Session.Ended.InTime();

        Assert.Equal("error", (string?)page.Messages[^1][2]);
        await other.RaiseAsync("click");
        Assert.Equal(2, other.Frames.Count);
    }

    [Fact]
    public async Task What_is_nested_too_deeply_ends_the_session()
    {
        await using var page = TestPage.Show<Counter>();

        await page.SendRawAsync($"""[1,0,"event",1,"click",null,{new string('[', 100_000)}""");

        await page.Session.Ended.InTime();
    }

    [Fact]
    public async Task A_page_cannot_make_the_session_hold_more_than_it_may()
    {
        await using var page = TestPage.Show<Counter>();

        for (var number = 2; number < 1_100 && !page.Session.IsEnding; number++)
        {
            _ = page.SendRawAsync($"""[{number},0,"ack"]""");
        }

        await page.Session.Ended.InTime();
        Assert.Contains("message 1 that comes before them is missing", page.Error!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_early_messages_with_one_number_end_the_session()
    {
        await using var page = TestPage.Show<Counter>();

        var held = page.SendRawAsync("""[5,0,"ack"]""");
        await page.SendRawAsync("""[5,0,"ack"]""");

        await page.Session.Ended.InTime();
        await held;
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_and_the_session_goes_on()
    {
        await using var page = TestPage.Show<Counter>(configure: o => o.Limits = new() { MaxMessageBytes = 1_000 });

        await page.RaiseAsync("click", new { value = new string('x', 1_001) });
        await page.RaiseAsync("click");

        Assert.Equal("refused", (string?)page.Messages[2][2]);
        Assert.Equal(1, (long)page.Messages[2][3]!);
        Assert.Contains("MaxMessageBytes", (string?)page.Messages[2][4], StringComparison.Ordinal);
        Assert.Equal(2, page.Frames.Count);
        Assert.Equal(1_000, (int)page.Messages[0][3]!["maxMessage"]!);
    }

    [Fact]
    public async Task An_exception_tells_a_browser_only_where_the_log_tells_of_it()
    {
        await using var page = TestPage.Show<Failing>(configure: o => o.IsDevelopment = false);

        await page.RaiseAsync("click");
        await page.Session.Ended.InTime();

        var error = page.Messages[^1][3]!;
        Assert.DoesNotContain("It failed.", error.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(page.Session.LogName, (string?)error["message"], StringComparison.Ordinal);
        Assert.Null(error["details"]);
        Assert.Contains(page.Log.Lines, l => l.Contains("was handled by no component", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_exception_shows_its_details_in_development()
    {
        await using var page = TestPage.Show<Failing>(configure: o => o.IsDevelopment = true);

        await page.RaiseAsync("click");
        await page.Session.Ended.InTime();

        Assert.Contains(nameof(Failing), (string?)page.Messages[^1][3]!["details"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_that_cannot_be_made_is_an_error_of_its_session()
    {
        await using var page = TestPage.Show<Needy>();

        await page.Session.Ended.InTime();

        Assert.Equal(["hello", "error"], page.Messages.Select(m => (string?)m[2]));
        Assert.Contains(nameof(Version), page.Error!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_are_as_many_sessions_as_there_may_be()
    {
        await using var services = TestPage.Services(new(), o => o.MaxSessions = 1);
        var host = services.GetRequiredService<SessionHost>();
        var first = TestPage.Show<Counter>(host);

        Assert.Throws<SessionLimitException>(() => TestPage.Show<Counter>(host));
        await first.DisposeAsync();
        await Soon.UntilAsync(() => host.Sessions.Count == 0);

        await using var second = TestPage.Show<Counter>(host);
        Assert.Same(second.Session, host.Find(second.Session.Id));
        Assert.Null(host.Find(first.Session.Id));
    }

    [Fact]
    public async Task A_page_that_comes_back_gets_what_it_has_not_applied_and_goes_on()
    {
        await using var page = TestPage.Show<Counter>();
        var applied = page.Last;
        await page.SendAsync("ack");
        page.Session.Detach();

        await page.RaiseAsync("click");
        Assert.Equal(applied, page.Last);
        await using var again = page.ComeBack(applied);

        Assert.Equal([applied + 1], again.Messages.Select(m => (long)m[0]!));
        await again.RaiseAsync("click");
        Assert.Equal("""0,0,6,0,5,1,"2",7""", TestPage.Body(again.Frames[^1]));
    }

    [Fact]
    public async Task A_page_that_says_it_applied_what_was_never_sent_loses_its_session()
    {
        await using var page = TestPage.Show<Counter>();
        page.Session.Detach();

        page.Session.Attach(page, 1_000);

        await page.Session.Ended.InTime();
    }

    [Fact]
    public async Task A_page_that_takes_nothing_loses_its_session()
    {
        await using var page = TestPage.Show<Counter>(acknowledges: false);

        for (var i = 0; i < 17_000 && !page.Session.IsEnding; i++)
        {
            page.Session.Send("styles");
        }

        await page.Session.Ended.InTime();
        Assert.Contains(page.Log.Lines, l => l.Contains("does not take what is sent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_from_many_threads_arrive_once_each_and_in_order()
    {
        await using var page = TestPage.Show<Counter>();
        await page.SendAsync("ack");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                page.Session.Send("styles");
            }
        })));

        await Soon.UntilAsync(() => page.Messages.Count == 802);
        Assert.Equal(Enumerable.Range(1, 802).Select(n => (long)n), page.Arrived);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_left_until_the_page_comes_back()
    {
        await using var page = TestPage.Show<Counter>();
        await page.SendAsync("ack");
        page.Session.Attach(new BrokenConnection(), page.Last);

        await page.RaiseAsync("click");
        page.Session.Send("styles");
        Assert.False(page.Session.IsEnding);

        await using var again = page.ComeBack(2);
        Assert.Equal("styles", (string?)again.Messages[^1][2]);
    }

    [Fact]
    public async Task A_page_whose_connection_breaks_for_good_does_not_keep_a_session_that_it_never_hears_of()
    {
        await using var page = TestPage.Show<Counter>();
        page.Session.Attach(new BrokenConnection { CanResume = false }, page.Last);

        page.Session.Send("styles");

        await page.Session.Ended.InTime();
        Assert.Contains(page.Log.Lines, l => l.Contains("its page can be sent nothing any more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_longer_than_the_connection_takes_ends_the_session_with_what_to_do_instead_of_the_connection()
    {
        await using var page = TestPage.Show<Counter>();
        await page.SendAsync("ack");
        page.Session.Attach(new NarrowConnection(page, 1_000), page.Last);

        page.Session.Send("styles", json => json.WriteStringValue(new string('x', 1_000)));

        await page.Session.Ended.InTime();
        Assert.Contains("its connection takes 1,000", page.Error, StringComparison.Ordinal);
        Assert.Contains("Virtualize", page.Error, StringComparison.Ordinal);
        Assert.Equal(["hello", "error"], page.Messages.Except(page.Frames).Select(m => (string?)m[2]));
        Assert.Equal([1, 2, 3], page.Arrived);
    }

    [Fact]
    public async Task What_went_into_an_answer_that_nobody_reads_goes_by_the_connection()
    {
        await using var page = TestPage.Show<Counter>();
        var turn = new TurnBuffer();
        await page.Session.ReceiveAsync(page.Event("click"), turn);
        var waiting = page.Session.ReceiveAsync(Encoding.UTF8.GetBytes($$"""[3,{{page.Last}},"event",{{page.Handler("click")}},"click",null,{}]"""), turn);

        page.Session.Return(turn);
        Assert.Equal(2, page.Frames.Count);
        await page.SendRawAsync("""[2,0,"ack"]""");
        await waiting;

        Assert.Equal(3, page.Frames.Count);
    }

    [Fact]
    public async Task An_answer_never_holds_more_than_it_may_have()
    {
        await using var page = TestPage.Show<Counter>();
        var turn = new TurnBuffer(8);

        await page.Session.ReceiveAsync(page.Event("click"), turn);

        Assert.Empty(turn.Messages);
        Assert.Equal(2, page.Frames.Count);
    }

    [Fact]
    public async Task A_handler_that_waits_does_not_keep_the_message()
    {
        var waiting = new Waiting();
        await using var page = TestPage.Show<Counter>(services: s => s.AddScoped<ISessionPart>(_ => waiting));

        await page.SendAsync("wait");

        Assert.Throws<ObjectDisposedException>(() => waiting.Messages[0].ValueKind);
        waiting.Over.SetResult();
    }

    [Fact]
    public async Task A_page_cannot_begin_more_handlers_than_may_be_under_way()
    {
        var waiting = new Waiting();
        await using var page = TestPage.Show<Counter>(services: s => s.AddScoped<ISessionPart>(_ => waiting));

        for (var i = 0; i < 5_000 && !page.Session.IsEnding; i++)
        {
            await page.SendAsync("wait");
        }

        await page.Session.Ended.InTime();
        Assert.Equal(4_096, waiting.Messages.Count);
        Assert.Contains("may be under way", page.Error, StringComparison.Ordinal);
        waiting.Over.SetResult();
    }

    [Fact]
    public async Task Content_can_be_made_available_while_the_page_is_away()
    {
        await using var page = TestPage.Show<Counter>();
        page.Session.Detach();

        using var content = page.Session.Publish(static () => Stream.Null, "application/octet-stream");

        Assert.Contains(content.Address, page.Published.Keys);
    }

    [Fact]
    public async Task A_page_that_comes_back_gets_what_was_held_back_without_having_to_send_something()
    {
        await using var page = TestPage.Show<Typing>(acknowledges: false);
        var typing = page.Root<Typing>();
        await page.Session.Dispatcher.InvokeAsync(typing.Tick);
        await page.Session.Dispatcher.InvokeAsync(typing.Tick);
        page.Session.Detach();

        await using var again = page.ComeBack(page.Last);

        await Soon.UntilAsync(() => again.Frames.Count == 1);
    }

    [Fact]
    public async Task A_component_that_never_ends_its_disposal_keeps_neither_the_place_nor_the_program()
    {
        await using var services = TestPage.Services(new(), o => (o.MaxSessions, o.DisposalTimeout) = (1, TimeSpan.FromMilliseconds(20)));
        var host = services.GetRequiredService<SessionHost>();
        var page = TestPage.Show<Endless>(host);

        await host.DisposeAsync().AsTask().InTime();

        await Soon.UntilAsync(() => host.Sessions.Count == 0);
        await using var next = TestPage.Show<Counter>(host);
        Assert.True(page.Session.IsEnding);
    }

    [Fact]
    public async Task A_session_that_ends_disposes_of_its_components_and_its_scope()
    {
        var log = new List<string>();
        var page = TestPage.Show<Disposing>(services: s => s.AddScoped(_ => new Resource(log)));

        await page.DisposeAsync();

        Assert.Equal(["component", "scope"], log);
    }

    [Fact]
    public async Task A_service_of_a_page_is_not_to_be_had_without_a_page()
    {
        await using var services = TestPage.Services(new());
        await using var scope = services.CreateAsyncScope();

        var exception = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<SessionContext>().Session);
        Assert.Contains("outside of a page", exception.Message, StringComparison.Ordinal);
    }

    private sealed class Recorder(List<string> handled, params string[] kinds) : ISessionPart
    {
        public void Attach(ComponentSession session)
        {
            foreach (var kind in kinds)
            {
                session.On(kind, _ =>
                {
                    handled.Add(kind);
                    return default;
                });
            }
        }
    }

    private sealed class NoJavaScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => new(default(TValue)!);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => new(default(TValue)!);
    }

    private sealed class Waiting : ISessionPart
    {
        public List<JsonElement> Messages { get; } = [];

        public TaskCompletionSource Over { get; } = new();

        public void Attach(ComponentSession session) => session.On("wait", message =>
        {
            Messages.Add(message);
            return new(Over.Task);
        });
    }

    private sealed class Endless : ComponentBase, IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(new TaskCompletionSource().Task);
    }

    private sealed class NarrowConnection(TestPage page, int maxMessageBytes) : IPageConnection
    {
        public int MaxMessageBytes => maxMessageBytes;

        public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => page.SendAsync(message, cancellationToken);

        public PublishedContent Publish(Func<Stream> open, string mediaType) => page.Publish(open, mediaType);
    }

    private sealed class BrokenConnection : IPageConnection
    {
        public bool CanResume { get; init; } = true;

        public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => throw new IOException("The socket is gone.");

        public PublishedContent Publish(Func<Stream> open, string mediaType) => throw new IOException("The socket is gone.");
    }

    private sealed class Typing : ComponentBase
    {
        private string? _text;
        private int _ticks;

        public void Tick()
        {
            _ticks++;
            StateHasChanged();
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "p");
            builder.AddAttribute(1, "oninput", EventCallback.Factory.Create<ChangeEventArgs>(this, e => _text = (string?)e.Value));
            builder.AddContent(2, $"{_ticks} {_text}");
            builder.CloseElement();
        }
    }

    private sealed class Failing : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, Fail));
            builder.CloseElement();
        }

        private static void Fail() => throw new InvalidOperationException("It failed.");
    }

    private sealed class Needy : ComponentBase
    {
        [Inject]
        public Version? Version { get; set; }
    }

    private sealed class Resource(List<string> log) : IDisposable
    {
        public List<string> Log => log;

        public void Dispose() => log.Add("scope");
    }

    private sealed class Disposing : ComponentBase, IAsyncDisposable
    {
        [Inject]
        public required Resource Resource { get; set; }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            Resource.Log.Add("component");
        }
    }
}
