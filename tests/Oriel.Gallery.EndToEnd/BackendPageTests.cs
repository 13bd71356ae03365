using System.Globalization;

namespace Gallery.EndToEnd;

public sealed class BackendPageTests(GalleryHost host)
{
    private const string ShownState = "document.querySelector('.backend-state').dataset.state";

    private static readonly GalleryOptions Backend = new() { Page = "backend" };

    [Fact]
    public async Task The_first_look_starts_it_and_its_function_answers()
    {
        await using var window = await OpenReadyAsync();

        await CallAsync(window, "frames");

        var answer = await window.RunAsync("return JSON.stringify(JSON.parse(document.querySelector('.backend-page pre[aria-label=Answer]').textContent))");
        Assert.Equal("[1,2,3,4,5,6,7,8]", answer.GetString());
        await window.UntilAsync("document.querySelector('.line-list[aria-label=Output]').textContent.includes('a print is only a print')");
    }

    [Fact]
    public async Task An_error_is_shown_as_it_came()
    {
        await using var window = await OpenReadyAsync();

        await ChooseAsync(window, "fail");
        await window.UntilAsync("document.querySelector('.backend-page .answer-head .state').dataset.state === 'failed'");

        Assert.Contains("This was asked for.", await window.TextAsync(".backend-page pre[aria-label=Answer]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_comes_item_by_item_and_can_be_cancelled()
    {
        await using var window = await OpenReadyAsync();

        await ChooseAsync(window, "primes");
        await window.UntilAsync("/[1-9]\\d* items/.test(document.querySelector('.backend-page .call-pane').textContent)");
        await window.RunAsync("[...document.querySelectorAll('.backend-page .call-actions button')].find(button => button.textContent === 'Cancel').click()");

        await window.UntilAsync("document.querySelector('.backend-page .answer-head .state').dataset.state === 'cancelled'");
    }

    [Fact]
    public async Task Its_events_are_shown_while_they_are_wanted()
    {
        await using var window = await OpenReadyAsync();

        await window.ClickAsync(".pulse-choice input");

        await window.UntilAsync("document.querySelectorAll('.line-list[aria-label=Events] [data-kind=event]').length > 1");
    }

    [Fact]
    public async Task Killed_it_comes_back_as_another_process()
    {
        await using var window = await OpenReadyAsync();
        var before = await PidAsync(window);

        await window.ClickAsync("[data-action=kill]");
        await window.UntilAsync($"{ShownState} === 'ready' && /[1-9]\\d* restarts?/.test(document.querySelector('.backend-facts').textContent)");

        Assert.NotEqual(before, await PidAsync(window));
        await window.UntilAsync("document.querySelector('.line-list[aria-label=Events]').textContent.includes('restarting')");
        Assert.False(Runs(before));
    }

    [Fact]
    public async Task Stopped_it_leaves_no_process()
    {
        await using var window = await OpenReadyAsync();
        var pid = await PidAsync(window);

        await window.ClickAsync("[data-action=stop]");
        await window.UntilAsync($"{ShownState} === 'stopped'");

        Assert.False(Runs(pid));
    }

    [Fact]
    public async Task A_thousand_calls_of_both_kinds_fill_the_histogram()
    {
        await using var window = await OpenReadyAsync();

        await window.ClickAsync(".latency-card button");
        await window.UntilAsync("document.querySelector('.latency-card .metric-stats > div:nth-child(2) dd').textContent.startsWith('1,000 ')");

        Assert.StartsWith("1,000 ", await window.TextAsync(".latency-card .metric-stats > div dd"), StringComparison.Ordinal);
        var bars = await window.RunAsync("return ['page', 'csharp'].every(route => [...document.querySelectorAll('.bar.from-' + route)].some(bar => bar.offsetHeight > 10))");
        Assert.True(bars.GetBoolean());
    }

    [Fact]
    public async Task Nothing_is_wider_than_the_window()
    {
        await using var window = await OpenReadyAsync();

        var wide = await window.RunAsync("""
            return [...document.querySelectorAll(".backend-page, .backend-page .page-head, .backend-page .panel-head, .histogram, .backend-page .actions")]
              .filter(part => part.scrollWidth > part.clientWidth).map(part => part.className).join(", ");
            """);

        Assert.Equal("", wide.GetString());
    }

    // The tests share one back end, and each begins with one that has just been started.
    private async Task<GalleryWindow> OpenReadyAsync()
    {
        var window = await host.OpenAsync(Backend);
        await window.RunAsync("await oriel.invoke('python.restart')");
        await window.UntilAsync($"{ShownState} === 'ready' && !document.querySelector('[data-action=stop]').disabled");
        return window;
    }

    private static Task ChooseAsync(GalleryWindow window, string function) => window.ClickAsync($"[data-function={function}]");

    private static async Task CallAsync(GalleryWindow window, string function)
    {
        await ChooseAsync(window, function);
        await window.UntilAsync("document.querySelector('.backend-page .answer-head .state').dataset.state === 'done'");
    }

    private static async Task<int> PidAsync(GalleryWindow window) => (await window.RunAsync("return (await oriel.invoke('python.status')).pid")).GetInt32();

    private static bool Runs(int pid) => Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}"));
}
