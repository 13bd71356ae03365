using System.Text.Json;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>Nobody but the top document of the app's own origin can call anything.</summary>
public sealed class IdentityTests(TestApp app)
{
    // Tries what a stranger could try, and tells the top page what it saw. (The command "secret" counts who got through.)
    private const string Probe =
        """
        (async () => {
          const attempt = (action) => { try { return String(action()); } catch (error) { return error.name; } };
          const seen = {
            handler: attempt(() => typeof webkit.messageHandlers.oriel),
            world: attempt(() => Object.getOwnPropertyNames(webkit.messageHandlers).length),
            oriel: typeof window.oriel,
            invoke: typeof window.invoke,
            post: typeof window.__orielPost,
          };
          const call = 'r1 {"type":"request","id":"1","method":"secret","data":null}';
          for (const target of [() => window, () => parent, () => top]) {
            attempt(() => target().dispatchEvent(new CustomEvent("oriel:up", { detail: call })));
          }
          attempt(() => webkit.messageHandlers.oriel.postMessage("0".repeat(32) + " oriel://app\n" + call.slice(3)));
          seen.parent = attempt(() => typeof parent.oriel);
          try {
            seen.down = (await fetch("oriel://app/.oriel/down/" + "0".repeat(32))).status;
          } catch (error) {
            seen.down = error.name;
          }
          top.postMessage({ probe: seen }, "*");
        })();
        """;

    private const string Collect = "<script>window.probes = []; addEventListener('message', (e) => e.data.probe && probes.push(e.data.probe));</script>";

    [Fact]
    public async Task A_frame_of_another_origin_can_call_nothing()
    {
        var foreign = app.AddForeignPage($"<script>{Probe}</script>");
        await using var page = await app.OpenAsync($"{Collect}<iframe src='{foreign}'></iframe>", new WindowOptions { AllowedOrigins = ["evil://site"] });

        await AssertStrangerAsync(page, parent: "SecurityError");
    }

    [Fact]
    public async Task A_sandboxed_frame_can_call_nothing()
    {
        await using var page = await app.OpenAsync($"{Collect}<iframe sandbox='allow-scripts' srcdoc=\"{InAttribute($"<script>{Probe}</script>")}\"></iframe>");

        await AssertStrangerAsync(page, parent: "SecurityError");
    }

    [Fact]
    public async Task A_frame_of_the_same_origin_has_no_bridge_of_its_own()
    {
        var inner = app.AddPage("<!doctype html><body>");
        await using var page = await app.OpenAsync($"<iframe src='{inner}'></iframe><iframe id=blank src='about:blank'></iframe><iframe id=doc srcdoc='x'></iframe>");

        await page.UntilAsync("frames.length === 3 && [...document.querySelectorAll('iframe')].every((f) => f.contentDocument.readyState === 'complete')");
        var seen = await page.RunAsync(
            "return [...document.querySelectorAll('iframe')].map((f) => `${typeof f.contentWindow.oriel} ${typeof f.contentWindow.invoke} ${typeof f.contentWindow.webkit?.messageHandlers?.oriel}`)");

        Assert.All(seen.EnumerateArray(), static frame => Assert.Equal("undefined undefined undefined", frame.GetString()));
    }

    [Fact]
    public async Task A_message_in_a_frame_of_the_same_origin_reaches_nobody()
    {
        await using var page = await app.OpenAsync("<iframe src='about:blank'></iframe>");

        await page.RunAsync(
            """
            frames[0].dispatchEvent(new CustomEvent("oriel:up", { detail: 'r1 {"type":"request","id":"1","method":"secret","data":null}' }));
            await oriel.invoke("echo", 1);
            """);

        Assert.Equal(0, app.SecretCalls(page.Window));
    }

    [Fact]
    public async Task A_data_frame_is_not_loaded()
    {
        await using var page = await app.OpenAsync($"{Collect}<iframe src=\"data:text/html,{Uri.EscapeDataString($"<script>{Probe}</script>")}\"></iframe>");

        await Eventually.TrueAsync(() => app.Log.Has($"Window {page.Window.Id}: going to (no origin) was refused"), "the frame is refused");
        await page.RunAsync("await oriel.invoke('echo', 1)");

        Assert.Equal(0, (await page.RunAsync("return probes.length")).GetInt32());
        Assert.Equal(0, app.SecretCalls(page.Window));
    }

    [Theory]
    [InlineData("data:text/html,<script>top.probes=[];addEventListener('message',(e)=>probes.push(e.data.probe));{0}</script>")]
    public async Task A_data_document_can_call_nothing(string format)
    {
        await using var page = await app.OpenAsync();

        await page.LoadAsync(format.Replace("{0}", Uri.EscapeDataString(Probe), StringComparison.Ordinal));

        await AssertStrangerAsync(page);
    }

    [Fact]
    public async Task A_page_cannot_go_to_a_data_or_blob_document()
    {
        await using var page = await app.OpenAsync();

        await page.RunAsync("window.marker = 1; location.href = 'data:text/html,<title>gone</title>'");
        await page.RunAsync("location.href = URL.createObjectURL(new Blob(['<title>gone</title>'], { type: 'text/html' }))");
        await Eventually.TrueAsync(() => app.Log.Texts.Count(text => text.StartsWith($"Window {page.Window.Id}: going to (no origin)", StringComparison.Ordinal)) == 2, "both are refused");

        Assert.Equal(1, (await page.RunAsync("await oriel.invoke('echo', 1); return window.marker")).GetInt32());
    }

    [Fact]
    public async Task A_blank_document_that_replaced_the_page_can_call_nothing()
    {
        await using var page = await app.OpenAsync();

        await page.RunAsync("setTimeout(() => location.href = 'about:blank')");
        await page.UntilAsync("location.href === 'about:blank'");
        await page.RunAsync($"window.probes = []; addEventListener('message', (e) => e.data.probe && probes.push(e.data.probe)); {Probe}");

        await AssertStrangerAsync(page);
    }

    [Fact]
    public async Task A_javascript_document_keeps_to_the_bridge_of_its_page()
    {
        await using var page = await app.OpenAsync();

        await page.RunAsync("location.href = 'javascript:\"<title>replaced</title>\"'");

        Assert.Equal(5, (await page.TryAsync("oriel.invoke('echo', 5)")).GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task A_page_gets_no_popup()
    {
        await using var page = await app.OpenAsync();
        var windows = app.App.Windows.Count;

        var opened = await page.RunAsync(
            """
            const link = document.body.appendChild(document.createElement("a"));
            link.target = "_blank";
            link.href = "about:blank";
            link.click();
            return [window.open("about:blank"), window.open("evil://site/"), window.open("", "name", "width=100,height=100"), window.open(location.href)].map(String);
            """);

        Assert.All(opened.EnumerateArray(), static child => Assert.Equal("null", child.GetString()));
        Assert.Equal(windows, app.App.Windows.Count);
    }

    [Fact]
    public async Task A_foreign_page_in_the_window_can_call_nothing()
    {
        await using var page = await app.OpenAsync();

        await page.LoadAsync(app.AddForeignPage($"{Collect}<script>{Probe}</script>"));

        await AssertStrangerAsync(page);
    }

    [Fact]
    public async Task A_foreign_page_that_frames_the_app_can_call_nothing()
    {
        var victim = app.AddPage("<!doctype html><body>");
        await using var page = await app.OpenAsync();

        await page.LoadAsync(app.AddForeignPage($"{Collect}<iframe src='oriel://app/{victim}'></iframe><script>addEventListener('load', () => {{ {Probe} }})</script>"));

        await AssertStrangerAsync(page);
        Assert.Equal("SecurityError", (await page.RunAsync("try { return typeof frames[0].oriel } catch (e) { return e.name }")).GetString());
    }

    [Theory]
    [InlineData("oriel://app.evil/x.html")]
    [InlineData("oriel://app@evil/x.html")]
    [InlineData("oriel://app:81/x.html")]
    [InlineData("oriel://app./x.html")]
    [InlineData("oriel://xapp/x.html")]
    [InlineData("oriel:/x.html")]
    [InlineData("http://app/x.html")]
    [InlineData("evil://app/x.html")]
    public async Task A_page_does_not_get_to_an_origin_that_looks_like_the_apps(string address)
    {
        // Not by the test: the engine counts what a test runs as the user's own doing.
        await using var page = await app.OpenAsync($"<script>window.marker = 1; addEventListener('load', () => location.href = {Page.Quote(address)});</script>");

        await Eventually.TrueAsync(() => app.Log.Has($"Window {page.Window.Id}: going to"), "it is refused");

        Assert.Equal(1, (await page.RunAsync("return window.marker")).GetInt32());
    }

    [Fact]
    public async Task A_page_does_not_get_to_files_of_the_machine()
    {
        await using var page = await app.OpenAsync("<script>window.marker = 1; addEventListener('load', () => location.href = 'file:///etc/hostname');</script>");

        await page.RunAsync("await oriel.invoke('echo', 1); await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))");

        Assert.Equal(1, (await page.RunAsync("return window.marker")).GetInt32());
        Assert.Equal("TypeError", (await page.TryAsync("fetch('file:///etc/hostname')")).GetProperty("error").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("oriel://APP/")]
    [InlineData("oriel://app:81/")]
    [InlineData("oriel://app.evil/")]
    [InlineData("oriel://user@app/")]
    public async Task A_document_of_an_origin_that_looks_like_the_apps_can_call_nothing(string root)
    {
        var path = app.AddPage($"{Collect}<script>addEventListener('load', () => {{ {Probe} }})</script>");
        await using var page = await app.OpenAsync();

        await page.LoadAsync(root + path);

        // With a user name it is the app's origin, as browsers count; WebKit takes the name off.
        if ((await page.RunAsync("return location.origin")).GetString() != "oriel://app")
        {
            await page.TryAsync("window.oriel?.invoke('secret', null, { timeout: 200 })");
            Assert.Equal(0, app.SecretCalls(page.Window));
        }
    }

    [Fact]
    public async Task A_forged_address_does_not_make_a_foreign_page_the_app()
    {
        await using var page = await app.OpenAsync();
        await page.LoadAsync(app.AddForeignPage(Collect));

        var error = await page.RunAsync(
            """
            try {
              history.pushState(null, "", "oriel://app/index.html");
              return "moved";
            } catch (error) {
              return error.name;
            }
            """);
        await page.RunAsync(Probe);

        Assert.Equal("SecurityError", error.GetString());
        await AssertStrangerAsync(page);
    }

    [Fact]
    public async Task A_bridge_outlives_changes_of_the_address_alone()
    {
        await using var page = await app.OpenAsync();

        await page.RunAsync("history.pushState(null, '', '/another/path'); history.replaceState(null, '', '/third?x=1'); location.hash = 'there'");

        Assert.Equal(7, (await page.TryAsync("oriel.invoke('echo', 7)")).GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task The_page_does_not_see_the_isolated_world()
    {
        await using var page = await app.OpenAsync();

        await page.RunAsync("window.probes = []; addEventListener('message', (e) => e.data.probe && probes.push(e.data.probe))");
        var seen = await page.RunAsync("return [typeof webkit?.messageHandlers?.oriel, typeof window.__orielPost].join()".Replace("webkit?", "window.webkit?", StringComparison.Ordinal));

        Assert.Equal("undefined,undefined", seen.GetString());
    }

    [Fact]
    public async Task The_stream_of_a_document_is_given_out_once()
    {
        await using var page = await app.OpenAsync();

        // The address stands in the page's list of what was loaded.
        var status = await page.RunAsync(
            """
            const [down] = performance.getEntriesByType("resource").filter((entry) => entry.name.includes("/.oriel/down/"));
            if (!down) return 404;
            const response = await fetch(down.name);
            return response.status;
            """);
        await page.Window.EmitAsync("news", "1"u8.ToArray());

        Assert.Equal(404, status.GetInt32());
        Assert.Equal(1, (await page.RunAsync("const heard = new Promise((r) => oriel.once('later', r)); await oriel.invoke('echo', 1); return 1")).GetInt32());
    }

    [Fact]
    public async Task A_window_cannot_read_the_stream_of_another()
    {
        await using var victim = await app.OpenAsync();
        await using var thief = await app.OpenAsync();
        var address = await victim.RunAsync("return performance.getEntriesByType('resource').map((entry) => entry.name).find((name) => name.includes('/.oriel/down/')) ?? 'oriel://app/.oriel/down/none'");

        var status = await thief.RunAsync($"return (await fetch({address.GetRawText()})).status");

        Assert.Equal(404, status.GetInt32());
    }

    private async Task AssertStrangerAsync(Page page, string? parent = null)
    {
        await page.UntilAsync("window.probes?.length > 0");
        var seen = (await page.RunAsync("return probes[0]"));
        var expected = new Dictionary<string, string[]>
        {
            ["handler"] = ["undefined", "ReferenceError", "TypeError"],
            ["world"] = ["0", "ReferenceError", "TypeError"],
            ["oriel"] = ["undefined"],
            ["invoke"] = ["undefined"],
            ["post"] = ["undefined"],
            ["parent"] = parent is null ? ["undefined", "SecurityError"] : [parent],
            ["down"] = ["TypeError", "404", "403"],
        };

        Assert.All(expected, member => Assert.Contains(Text(seen.GetProperty(member.Key)), member.Value));
        Assert.Equal(0, app.SecretCalls(page.Window));
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string InAttribute(string html) => System.Net.WebUtility.HtmlEncode(html);
}
