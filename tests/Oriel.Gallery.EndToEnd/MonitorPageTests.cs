namespace Gallery.EndToEnd;

public sealed class MonitorPageTests(GalleryHost host)
{
    private static readonly GalleryOptions Monitor = new() { Page = "monitor" };

    [Fact]
    public async Task The_charts_and_the_table_show_this_machine()
    {
        await using var window = await host.OpenAsync(Monitor);

        await window.UntilAsync("document.querySelectorAll('.process-grid .grid-body .grid-row:not([hidden])').length > 2");

        Assert.Contains(Environment.MachineName, await window.TextAsync(".monitor-page .page-head"), StringComparison.Ordinal);
        Assert.Matches(@"\d+ %", await window.TextAsync(".metrics"));
    }

    [Fact]
    public async Task Samples_and_lists_keep_coming()
    {
        await using var window = await host.OpenAsync(Monitor);

        await window.RunAsync("""
            const arrivals = name => new Promise(resolve => { let count = 0; oriel.on(name, () => ++count === 3 && resolve()); });
            await Promise.all([arrivals("monitor.sample"), arrivals("monitor.processes")]);
            """);
    }

    [Fact]
    public async Task A_filtered_process_tells_its_details()
    {
        await using var window = await host.OpenAsync(Monitor);

        await window.TypeAsync(".process-table input[type=search]", $"{Environment.ProcessId}");
        await window.SelectRowAsync(".process-grid", "Oriel.Gallery.E");

        await window.UntilAsync($"document.querySelector('.process-details').textContent.includes({GalleryWindow.Quote(Environment.ProcessPath!)})");
    }

    [Fact]
    public async Task An_unknown_process_is_an_error_of_the_arguments()
    {
        await using var window = await host.OpenAsync(Monitor);

        var code = await window.RunAsync("return await oriel.invoke('processes.details', { pid: 999999999 }).catch(error => error.code)");

        Assert.Equal(-32602, code.GetInt32());
    }

    [Fact]
    public async Task A_document_that_is_loaded_again_begins_with_a_feed_of_its_own()
    {
        await using var window = await host.OpenAsync(Monitor);
        var before = host.Feeds.Of(window.Window);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        window.Window.DocumentReady += (_, _) => ready.TrySetResult();

        window.Window.Reload();
        await ready.Task.WaitAsync(GalleryWindow.Patience, TestContext.Current.CancellationToken);

        Assert.NotSame(before, host.Feeds.Of(window.Window));
    }
}
