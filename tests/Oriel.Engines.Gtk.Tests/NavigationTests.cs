namespace Oriel.Engines.Gtk.Tests;

/// <summary>Documents come and go: each has a bridge of its own, and takes its calls with it.</summary>
public sealed class NavigationTests(TestApp app)
{
    [Fact]
    public async Task A_document_that_comes_back_has_a_working_bridge()
    {
        await using var page = await app.OpenAsync("<title>First</title>");
        var second = app.AddPage("<title>Second</title>");

        await page.LoadAsync(second);
        await page.UntilAsync("document.title === 'Second'");
        page.Window.GoBack();
        await page.UntilAsync("document.title === 'First'");
        await AssertWorksAsync(page);
        page.Window.GoForward();
        await page.UntilAsync("document.title === 'Second'");
        await AssertWorksAsync(page);
    }

    [Fact]
    public async Task A_reload_in_the_middle_of_a_stream_ends_it()
    {
        await using var page = await app.OpenAsync();

        await page.RunAsync("window.count = 0; (async () => { for await (const item of oriel.stream('count')) window.count = item; })().catch(() => {})");
        await page.UntilAsync("window.count > 1000");
        page.Window.Reload();
        await page.UntilAsync("window.count === undefined");

        await AssertWorksAsync(page);
    }

    [Fact]
    public async Task Fifty_quick_reloads_end_with_a_working_bridge()
    {
        await using var page = await app.OpenAsync("<script>oriel.invoke('wait').catch(() => {}); oriel.invoke('echo', 1)</script>");

        for (var i = 0; i < 50; i++)
        {
            page.Window.Reload();
            if (i % 3 == 0)
            {
                await page.Window.EmitAsync("news", "1"u8.ToArray());
            }

            if (i % 10 == 0)
            {
                await page.Window.WhenReadyAsync().InTime();
            }
        }

        await Eventually.TrueAsync(() => app.Waiting == 1, "the calls of the documents before are cancelled");
        await AssertWorksAsync(page);
    }

    [Fact]
    public async Task A_page_that_reloads_itself_over_and_over_ends_with_a_working_bridge()
    {
        await using var page = await app.OpenAsync(
            """
            <script>
              const round = Number(sessionStorage.getItem("round") ?? 0);
              sessionStorage.setItem("round", round + 1);
              oriel.invoke("wait").catch(() => {});
              if (round < 30) location.reload();
            </script>
            """);

        await page.UntilAsync("Number(sessionStorage.getItem('round')) === 31");

        await Eventually.TrueAsync(() => app.Waiting == 1, "the calls of the documents before are cancelled");
        await AssertWorksAsync(page);
    }

    [Fact]
    public async Task A_window_closed_in_the_middle_of_calls_cancels_them()
    {
        var page = await app.OpenAsync();
        await page.RunAsync("for (let i = 0; i < 200; i++) oriel.invoke('wait').catch(() => {}); await oriel.invoke('echo', 1)");
        await Eventually.TrueAsync(() => app.Waiting == 200, "the calls are under way, and none of a test before");
        var before = app.Cancelled;

        await page.DisposeAsync();

        await Eventually.TrueAsync(() => app.Waiting == 0, "the calls have ended");
        Assert.Equal(200, app.Cancelled - before);
    }

    [Fact]
    public async Task A_window_closed_while_it_loads_and_emits_harms_nothing()
    {
        for (var i = 0; i < 20; i++)
        {
            var page = await app.OpenBareAsync(new WindowOptions { Url = app.AddPage("<script>oriel.invoke('wait').catch(() => {})</script>") });
            var emitting = Task.Run(async () =>
            {
                for (var n = 0; n < 200; n++)
                {
                    await page.Window.EmitAsync("news", "1"u8.ToArray());
                }
            });
            if (i % 2 == 0)
            {
                await page.Window.WhenReadyAsync().InTime();
            }

            await page.DisposeAsync();
            await emitting.InTime();
        }

        await Eventually.TrueAsync(() => app.Waiting == 0, "the calls have ended");
    }

    [Fact]
    public async Task A_script_that_runs_while_its_window_closes_ends_with_an_error()
    {
        var page = await app.OpenAsync();

        var running = page.Window.EvaluateAsync("window.begun = 1; return new Promise(() => {})");
        await page.UntilAsync("window.begun");
        await page.DisposeAsync();

        await Assert.ThrowsAsync<ScriptException>(() => running.InTime());
    }

    [Fact]
    public async Task A_script_that_runs_while_its_document_goes_ends_with_an_error()
    {
        await using var page = await app.OpenAsync();

        var running = page.Window.EvaluateAsync("window.begun = 1; return new Promise(() => {})");
        await page.UntilAsync("window.begun");
        page.Window.Reload();

        await Assert.ThrowsAsync<ScriptException>(() => running.InTime());
    }

    [Fact]
    public async Task A_page_can_close_its_window()
    {
        var page = await app.OpenAsync();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Window.Closed += (_, _) => closed.TrySetResult();

        _ = page.Window.EvaluateAsync("oriel.window.close()").ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);

        await closed.Task.InTime();
    }

    [Fact]
    public async Task A_window_waits_for_its_bridge_no_longer_when_it_is_closed()
    {
        var page = await app.OpenBareAsync(new WindowOptions { Url = app.AddForeignPage("<title>Foreign</title>") });
        var ready = page.Window.WhenReadyAsync();

        await page.DisposeAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => ready.InTime());
    }

    private static async Task AssertWorksAsync(Page page)
    {
        for (var started = DateTime.UtcNow; ;)
        {
            try
            {
                await page.Window.WhenReadyAsync().InTime();
                await page.UntilAsync("document.readyState === 'complete' && await oriel.invoke('echo', 1) === 1");
                await page.RunAsync("oriel.once('check', (data) => window.heard = data)");
                await page.Window.EmitAsync("check", "7"u8.ToArray());

                Assert.Equal(7, (await page.RunAsync("for (let i = 0; i < 500 && !window.heard; i++) await new Promise((r) => setTimeout(r)); if (!window.heard) throw new Error(); return window.heard")).GetInt32());
                return;
            }
            catch (ScriptException) when (DateTime.UtcNow - started < Eventually.Timeout)
            {
                // A reload that was still on its way took the document.
            }
        }
    }
}
