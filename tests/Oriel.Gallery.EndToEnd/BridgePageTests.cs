namespace Gallery.EndToEnd;

public sealed class BridgePageTests(GalleryHost host)
{
    private static readonly GalleryOptions Bridge = new() { Page = "bridge" };

    [Theory]
    [InlineData("add", "42")]
    [InlineData("multiply", "42")]
    [InlineData("toUpperCase", "\"A BAY WINDOW\"")]
    [InlineData("toLowerCase", "\"a bay window\"")]
    [InlineData("reverseArray", "[{\"three\":3},\"two\",1]")]
    [InlineData("echo", "{\"text\":\"Grüße, 世界 👋\",\"numbers\":[1,2.5,-30000000000],\"nothing\":null,\"yes\":true}")]
    public async Task A_quick_call_shows_its_answer(string command, string answer)
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.RunAsync($"[...document.querySelectorAll('.quick .chip')].find(chip => chip.textContent === {GalleryWindow.Quote(command)}).click()");
        await window.UntilAsync("document.querySelector('.answer-head .state').dataset.state === 'done'");

        var shown = await window.RunAsync("return JSON.stringify(JSON.parse(document.querySelector('.call-pane pre[aria-label=Answer]').textContent))");
        Assert.Equal(answer, shown.GetString());
    }

    [Fact]
    public async Task Getting_the_system_info_names_the_engine()
    {
        await using var window = await host.OpenAsync(Bridge);

        var engine = await window.RunAsync("return (await oriel.invoke('getSystemInfo')).engine");

        Assert.StartsWith("WebKitGTK", engine.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_fails_shows_its_message_and_code()
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.ClickAsync("[data-command=fail]");
        await window.ClickAsync(".call-form [type=submit]");
        await window.UntilAsync("document.querySelector('.answer-head .state').dataset.state === 'failed'");

        var shown = await window.TextAsync(".call-pane");
        Assert.Contains("Error -32603", shown, StringComparison.Ordinal);
        Assert.Contains("This was asked for.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_called_as_one_and_counted()
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.ClickAsync("[data-command=count]");
        await window.TypeAsync(".call-form textarea", """{"to":20,"delay":0}""");
        await window.ClickAsync(".call-form [type=submit]");

        await window.UntilAsync("document.querySelector('.call-pane').textContent.includes('20 items')");
    }

    [Fact]
    public async Task A_call_can_be_cancelled()
    {
        await using var window = await host.OpenAsync(Bridge);

        var error = await window.RunAsync("""
            const abort = new AbortController();
            const call = oriel.invoke("sleep", { milliseconds: 60000 }, { signal: abort.signal });
            abort.abort();
            return await call.then(() => "answered", error => error.name);
            """);

        Assert.Equal("AbortError", error.GetString());
    }
}
