using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Oriel.Testing;

namespace Oriel.Components.Tests;

public sealed class WindowTests
{
    [Fact]
    public async Task A_click_in_a_window_is_answered_with_what_it_changed()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();

        await document.ClickAsync();

        Assert.EndsWith(",\"1\",7]", document.Messages[^1].ToJsonString());
    }

    [Fact]
    public async Task What_a_cancelled_call_would_have_answered_comes_by_the_stream()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();
        using var cancellation = new CancellationTokenSource();
        var early = document.Page.InvokeAsync("oriel.ui.send", $$"""["{{document.Session}}",[2,0,"event",{{document.ClickHandler}},"click",null,{}]]""", cancellationToken: cancellation.Token);

        // What is called later is answered when the earlier call has come.
        await Record.ExceptionAsync(() => document.Page.InvokeAsync("oriel.ui.send", $"""["{document.Session}"]""", cancellationToken: TestContext.Current.CancellationToken));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => early);

        await document.SendAsync("ack");

        await Soon.UntilAsync(() => document.Messages.Any(static message => message.ToJsonString().EndsWith(",\"1\",7]", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_window_does_not_keep_a_session_that_is_over()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();
        var shown = ComponentWindow.Of(host.App.Windows[0])!;
        Assert.NotNull(shown.Session);

        await document.SendAsync("no such kind");

        await document.Ended.InTime();
        await Soon.UntilAsync(() => shown.Session is null);
    }

    [Fact]
    public async Task Each_window_has_a_tree_of_its_own()
    {
        await using var host = await ComponentHost.StartAsync();
        var first = await host.ShowAsync<Counter>();
        var second = await host.ShowAsync<Counter>();

        await first.ClickAsync();
        await first.ClickAsync();
        await second.ClickAsync();

        Assert.EndsWith(",\"2\",7]", first.Messages[^1].ToJsonString());
        Assert.EndsWith(",\"1\",7]", second.Messages[^1].ToJsonString());
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_begins_a_session_of_its_own()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();
        await document.ClickAsync();

        var again = await WindowDocument.OpenAsync(await document.Page.ReloadAsync());

        Assert.NotEqual(document.Session, again.Session);
        Assert.Contains("\"0\"", again.Text);
    }

    [Fact]
    public async Task A_window_whose_web_process_crashes_begins_again()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();

        var next = document.Page.NextPageAsync(TestContext.Current.CancellationToken);
        document.Page.Crash();
        var again = await WindowDocument.OpenAsync(await next.InTime());

        Assert.NotEqual(document.Session, again.Session);
    }

    [Fact]
    public async Task A_page_that_crashes_again_and_again_is_left_alone()
    {
        await using var host = await ComponentHost.StartAsync();
        var page = (await host.ShowAsync<Counter>()).Page;
        var failures = 0;
        host.App.Windows[0].ProcessFailed += (_, _) => Interlocked.Increment(ref failures);
        for (var i = 0; i < 3; i++)
        {
            var next = page.NextPageAsync(TestContext.Current.CancellationToken);
            page.Crash();
            page = await next.InTime();
        }

        var another = page.NextPageAsync(TestContext.Current.CancellationToken);
        page.Crash();
        await Soon.UntilAsync(() => Volatile.Read(ref failures) == 4);
        await host.App.Dispatcher.InvokeAsync(static () => { });

        Assert.False(another.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_component_finds_its_window_and_the_application()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Whereabouts>(new WindowOptions { Title = "Here" });

        Assert.Contains("window 1 of 1: Here", document.Text);
    }

    [Fact]
    public async Task A_component_gets_the_parameters_of_its_window()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Greeting>(parameters: new Dictionary<string, object?> { ["Name"] = "Ada" });

        Assert.Contains("Hello, Ada", document.Text);
    }

    [Fact]
    public async Task A_component_that_cannot_start_is_told_to_the_page()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Broken>();
        await document.Ended.InTime();

        Assert.Equal("The wheel came off.", (string?)document.One("error")[3]!["message"]);
    }

    [Fact]
    public async Task A_parameter_that_the_component_does_not_have_is_told_to_the_page()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Greeting>(parameters: new Dictionary<string, object?> { ["Nome"] = "Ada" });
        await document.Ended.InTime();

        Assert.Contains("Nome", (string?)document.One("error")[3]!["message"]);
    }

    [Fact]
    public async Task An_application_without_components_says_what_is_missing()
    {
        await using var host = await AppHost.StartAsync(static () => new HeadlessEngine());

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.App.CreateWindowAsync<Counter>());

        Assert.Contains("builder.AddComponents()", exception.Message);
    }

    [Fact]
    public async Task Components_may_be_added_twice()
    {
        await using var host = await ComponentHost.StartAsync(static options => options.Language = "de", static builder => builder.AddComponents(static options => options.AllowInlineStyles = true));
        var document = await host.ShowAsync<Counter>();

        await using var page = await document.Page.FetchAsync("/", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("lang=\"de\"", await page.ReadTextAsync(TestContext.Current.CancellationToken));
        Assert.Contains("style-src 'self' 'unsafe-inline'", page.Header("Content-Security-Policy"));
    }

    private sealed class Whereabouts : ComponentBase
    {
        [Inject]
        public required Window Window { get; init; }

        [Inject]
        public required OrielApp App { get; init; }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, $"window {Window.Id} of {App.Windows.Count}: {Window.Title}");
    }

    private sealed class Greeting : ComponentBase
    {
        [Parameter]
        public string Name { get; set; } = "";

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, $"Hello, {Name}");
    }

    private sealed class Broken : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("The wheel came off.");
    }
}
