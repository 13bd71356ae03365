using System.Diagnostics;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>Pages of lower trust attack the app, and granted origins want more than they were granted.</summary>
public sealed class LowerTrustTests(TestApp app)
{
    private const string Nothing = "<!doctype html><title>Lower</title><body>";

    // What a page can load without being able to read it, and what would be of use all the same: a script that runs.
    private const string Load =
        """
        window.loaded = [];
        const add = (kind, set) => new Promise((resolve) => {
          const element = document.createElement(kind);
          element.onload = () => { loaded.push(kind); resolve(); };
          element.onerror = resolve;
          set(element);
          document.body.append(element);
        });
        await Promise.all([
          add("script", (e) => { e.src = "ORIGIN/secret.js"; e.referrerPolicy = "no-referrer"; }),
          add("script", (e) => { e.src = "ORIGIN/secret.js"; e.crossOrigin = "anonymous"; }),
          add("link", (e) => { e.rel = "stylesheet"; e.href = "ORIGIN/secret.css"; }),
          add("img", (e) => { e.src = "ORIGIN/secret.svg"; }),
        ]);
        for (const options of [{}, { mode: "no-cors", referrerPolicy: "no-referrer" }, { method: "POST", body: "x" }, { headers: { "x-a": "1" } }]) {
          try {
            const answer = await fetch("ORIGIN/secret.js", options);
            if (answer.ok || (await answer.text()).includes("stolen")) loaded.push("fetch");
          } catch { }
        }
        return [...loaded, ...(window.stolen ? ["stolen"] : [])].join();
        """;

    [Fact]
    public async Task A_page_of_lower_trust_loads_nothing_of_the_app()
    {
        await using var page = await OpenLowerAsync(Nothing);

        Assert.Equal("", (await page.RunAsync(Load.Replace("ORIGIN", "oriel://app", StringComparison.Ordinal))).GetString());
        Assert.Equal("undefined,undefined,undefined", (await page.RunAsync("return [typeof window.oriel, typeof window.invoke, typeof window.webkit?.messageHandlers?.oriel].join()")).GetString());
    }

    [Fact]
    public async Task The_attack_works_where_it_should()
    {
        await using var page = await app.OpenAsync();

        Assert.Contains("stolen", (await page.RunAsync(Load.Replace("ORIGIN", "oriel://app", StringComparison.Ordinal))).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_lower_trust_reaches_no_scheme_of_the_app()
    {
        await using var page = await OpenLowerAsync(Nothing);

        await page.RunAsync(
            """
            for (const options of [{}, { mode: "no-cors" }, { method: "POST", body: "x", mode: "no-cors" }]) {
              try { await fetch("tool://do/lower", options); } catch { }
            }
            await new Promise((resolve) => { const image = new Image(); image.onload = image.onerror = resolve; image.referrerPolicy = "no-referrer"; image.src = "tool://do/lower"; });
            """);

        Assert.Equal(0, app.ToolCalls("lower"));
    }

    [Fact]
    public async Task A_frame_of_lower_trust_in_a_page_of_the_app_runs_nothing()
    {
        var address = app.AddLowerPage("<script>top.postMessage('here', '*')</script>");
        await using var page = await app.OpenAsync("<!doctype html><body><script>window.heard = []; addEventListener('message', (e) => heard.push(e.data))</script>");

        await page.RunAsync($"const frame = document.createElement('iframe'); frame.src = {Page.Quote(address)}; document.body.append(frame)");
        await Eventually.TrueAsync(() => app.Log.Has($"Window {page.Window.Id}: going to {TestApp.Lower} was refused"), "the frame is refused");

        Assert.Equal(0, (await page.RunAsync("return heard.length")).GetInt32());
    }

    [Fact]
    public async Task A_frame_of_the_app_in_a_page_of_lower_trust_runs_nothing()
    {
        var address = app.AddPage("<script>top.postMessage('here', '*')</script>");
        await using var page = await OpenLowerAsync("<!doctype html><body><script>window.heard = []; addEventListener('message', (e) => heard.push(e.data))</script>");

        await page.RunAsync($"const frame = document.createElement('iframe'); frame.src = {Page.Quote($"oriel://app/{address}")}; document.body.append(frame)");
        await Eventually.TrueAsync(() => app.Log.Has($"Window {page.Window.Id}: going to oriel://app was refused"), "the frame is refused");

        Assert.Equal(0, (await page.RunAsync("return heard.length")).GetInt32());
    }

    [Fact]
    public async Task Windows_of_lower_trust_have_a_web_process_apart()
    {
        await using var own = await app.OpenAsync();
        var before = Processes.Web();
        await using var lower = await OpenLowerAsync(Nothing);
        var lowers = Processes.Web().Except(before).ToArray();
        await using var second = await OpenLowerAsync(Nothing);
        await using var other = await OpenLowerAsync(Nothing, TestApp.Bridged);
        await using var secondOwn = await app.OpenAsync();
        var failed = 0;
        foreach (var page in (Page[])[own, other, secondOwn])
        {
            page.Window.ProcessFailed += (_, _) => Interlocked.Increment(ref failed);
        }

        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        second.Window.ProcessFailed += (_, _) => told.TrySetResult();
        using (var process = Process.GetProcessById(Assert.Single(lowers)))
        {
            process.Kill();
        }

        await told.Task.InTime();
        Assert.Equal(1, (await own.TryAsync("oriel.invoke('echo', 1)")).GetProperty("value").GetInt32());
        Assert.Equal(1, (await other.TryAsync("oriel.invoke('echo', 1)")).GetProperty("value").GetInt32());
        Assert.Equal(0, failed);
    }

    [Fact]
    public async Task A_window_of_lower_trust_does_not_lend_its_process_to_the_app()
    {
        // The only window that there is to be related to.
        await using var lower = await OpenLowerAsync(Nothing);
        Assert.Single(app.App.Windows);
        var before = Processes.Web();

        await using var own = await app.OpenAsync();

        Assert.Single(Processes.Web().Except(before));
    }

    [Fact]
    public async Task A_granted_origin_calls_its_command_and_nothing_else_and_its_frames_nothing()
    {
        var inner = app.AddForeignPage("<body>", "granted");
        await using var page = await OpenForeignAsync(app.AddForeignPage($"<iframe src='{inner}'></iframe><iframe srcdoc='x'></iframe>", "granted"));
        await page.UntilAsync("frames.length === 2 && [...document.querySelectorAll('iframe')].every((f) => f.contentDocument?.readyState === 'complete')");

        Assert.Equal(1, (await page.TryAsync("oriel.invoke('echo', 1)")).GetProperty("value").GetInt32());
        Assert.Equal(-32003, (await page.TryAsync("oriel.invoke('secret')")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(-32003, (await page.TryAsync("oriel.window.close()")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(-32003, (await page.TryAsync("oriel.emit('anything')")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal("undefined undefined", (await page.RunAsync("return [...document.querySelectorAll('iframe')].map((f) => typeof f.contentWindow.oriel).join(' ')")).GetString());
        Assert.Equal(0, app.SecretCalls(page.Window));
    }

    [Fact]
    public async Task A_frame_of_a_granted_origin_has_no_bridge_in_another_page()
    {
        var inner = app.AddForeignPage("<script>top.postMessage({ probe: typeof window.oriel }, '*')</script>", "granted");
        await using var page = await app.OpenAsync($"<script>window.probes = []; addEventListener('message', (e) => e.data.probe && probes.push(e.data.probe));</script><iframe src='{inner}'></iframe>", new WindowOptions { AllowedOrigins = ["evil://granted"] });

        await page.UntilAsync("probes.length === 1");

        Assert.Equal("undefined", (await page.RunAsync("return probes[0]")).GetString());
    }

    [Fact]
    public async Task A_page_does_not_become_another_window_by_its_name()
    {
        await using var page = await app.OpenBareAsync(new WindowOptions { Url = app.AddForeignPage("<script>window.name = 'named'; document.title = 'named'</script>", "named"), Title = "named" });
        await page.Loaded.InTime();

        await page.LoadAsync(app.AddForeignPage("<body>", "named"));

        Assert.Equal("named undefined", (await page.RunAsync("return `${window.name} ${typeof window.oriel}`")).GetString());
    }

    [Theory]
    [InlineData("evil://GRANTED/")]
    [InlineData("evil://granted./")]
    [InlineData("evil://granted:81/")]
    [InlineData("evil://granted.site/")]
    [InlineData("evil://user@granted/")]
    [InlineData("evil://xn--grnted-4nf/")]
    public async Task An_origin_that_looks_like_a_granted_one_has_its_grant_only_where_the_engine_says_it_is_that_one(string address)
    {
        await using var page = await app.OpenBareAsync(new WindowOptions { Url = address });
        await page.Loaded.InTime();

        var bridged = (await page.RunAsync("return typeof window.oriel")).GetString() != "undefined";
        Assert.Equal((await page.RunAsync("return self.origin")).GetString() == "evil://granted", bridged);
    }

    private async Task<Page> OpenLowerAsync(string html, string origin = TestApp.Lower)
    {
        var page = await app.OpenBareAsync(new WindowOptions { Url = app.AddLowerPage(html, origin) });
        await page.Loaded.InTime();
        return page;
    }

    private async Task<Page> OpenForeignAsync(string address)
    {
        var page = await app.OpenBareAsync(new WindowOptions { Url = address });
        await page.Window.WhenReadyAsync().InTime();
        await page.Loaded.InTime();
        return page;
    }
}
