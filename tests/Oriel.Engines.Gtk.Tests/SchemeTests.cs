using System.Text.Json;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>The app's own schemes have side effects: only its own pages reach their handlers.</summary>
public sealed class SchemeTests(TestApp app)
{
    private static int _lastKey;

    private readonly string _key = $"key{Interlocked.Increment(ref _lastKey)}";

    public static TheoryData<string, string> Attacks => new()
    {
        { "fetch", "await fetch('tool://do/KEY')" },
        { "fetch without referrer", "await fetch('tool://do/KEY', { referrerPolicy: 'no-referrer' })" },
        { "no-cors fetch", "await fetch('tool://do/KEY', { mode: 'no-cors' })" },
        { "post", "await fetch('tool://do/KEY', { method: 'POST', body: 'x' })" },
        { "no-cors post", "await fetch('tool://do/KEY', { method: 'POST', body: 'x', mode: 'no-cors' })" },
        { "no-cors post without referrer", "await fetch('tool://do/KEY', { method: 'POST', body: 'x', mode: 'no-cors', referrerPolicy: 'no-referrer' })" },
        { "no-cors post of a blob", "await fetch('tool://do/KEY', { method: 'POST', body: new Blob(['x']), mode: 'no-cors' })" },
        { "post of a blob to the app", "await fetch('oriel://app/KEY', { method: 'POST', body: new Blob(['x']), mode: 'no-cors' })" },
        { "post of a form", "const d = new FormData(); d.append('f', new Blob(['x'])); await fetch('tool://do/KEY', { method: 'POST', body: d })" },
        { "put", "await fetch('tool://do/KEY', { method: 'PUT', body: 'x' })" },
        { "custom header", "await fetch('tool://do/KEY', { headers: { 'X-Custom': '1' } })" },
        { "forged origin", "await fetch('tool://do/KEY', { headers: { Origin: 'oriel://app', Referer: 'oriel://app/' } })" },
        { "xhr", "await new Promise((r) => { const x = new XMLHttpRequest(); x.onloadend = r; x.open('POST', 'tool://do/KEY'); x.send('x'); })" },
        { "beacon", "navigator.sendBeacon('tool://do/KEY', 'x')" },
        { "form", "const f = document.createElement('form'); f.method = 'POST'; f.action = 'tool://do/KEY'; document.body.append(f); f.submit()" },
        { "form into a frame", "const i = document.createElement('iframe'); i.name = 'x'; const f = document.createElement('form'); f.method = 'POST'; f.target = 'x'; f.action = 'tool://do/KEY'; document.body.append(i, f); f.submit()" },
        { "frame", "const i = document.createElement('iframe'); i.src = 'tool://do/KEY'; document.body.append(i)" },
        { "worker", "await new Promise((r) => { const w = new Worker(URL.createObjectURL(new Blob([`fetch('tool://do/KEY', { method: 'POST', mode: 'no-cors', body: 'x' }).finally(() => postMessage(1))`]))); w.onmessage = w.onerror = r; })" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_foreign_frame_does_not_reach_a_handler(string way, string script)
    {
        var foreign = app.AddForeignPage(Attack(script));
        await using var page = await app.OpenAsync($"{Collect}<iframe src='{foreign}'></iframe>", new WindowOptions { AllowedOrigins = ["evil://site"] });

        await AssertNothingReachedAsync(page, way);
    }

    // WebKit says nothing of where such a request comes from, not even to whom the page belongs: a GET changes nothing.
    public static TheoryData<string, string> Loads => new()
    {
        { "image", "await new Promise((r) => { const i = new Image(); i.onload = i.onerror = r; i.src = 'tool://do/KEY'; })" },
        { "script", "await new Promise((r) => { const s = document.createElement('script'); s.onload = s.onerror = r; s.src = 'tool://do/KEY'; document.head.append(s); })" },
        { "style sheet", "await new Promise((r) => { const s = document.createElement('link'); s.rel = 'stylesheet'; s.onload = s.onerror = r; s.href = 'tool://do/KEY'; document.head.append(s); })" },
    };

    [Theory]
    [MemberData(nameof(Loads))]
    public async Task A_stranger_can_load_what_it_cannot_read_and_by_get_alone(string way, string script)
    {
        await using var page = await app.OpenAsync($"{Collect}<iframe sandbox='allow-scripts' srcdoc=\"{System.Net.WebUtility.HtmlEncode(Attack(script))}\"></iframe>");

        await page.UntilAsync("ends.length > 0");

        Assert.True(app.ToolMethods(_key).All(static method => method == "GET"), way);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_sandboxed_frame_does_not_reach_a_handler(string way, string script)
    {
        await using var page = await app.OpenAsync($"{Collect}<iframe sandbox='allow-scripts allow-forms' srcdoc=\"{System.Net.WebUtility.HtmlEncode(Attack(script))}\"></iframe>");

        await AssertNothingReachedAsync(page, way);
    }

    [Theory]
    [InlineData("'x'", 1)]
    [InlineData("new Uint8Array(5_000_000)", 5_000_000)]
    [InlineData("new URLSearchParams({ a: 1 })", 3)]
    [InlineData("null", 0)]
    public async Task A_body_of_any_kind_arrives_whole(string body, int length)
    {
        await using var page = await app.OpenAsync();

        var answer = await page.TryAsync($"(await fetch('tool://do/{_key}', {{ method: 'POST', body: {body} }})).text()");

        Assert.Equal($"POST {length}", answer.GetProperty("value").GetString());
    }

    // WebKit 2.50 ends the process over a Blob in the body; the page's script sends its bytes instead.
    [Theory]
    [InlineData("new Blob(['1234567'])", 7)]
    [InlineData("new Blob([new Blob(['1234'], { type: 'x/y' }), 'abc'])", 7)]
    [InlineData("new Blob([])", 0)]
    public async Task A_blob_arrives_whole(string body, int length)
    {
        await using var page = await app.OpenAsync();

        var answers = await page.RunAsync(
            $$"""
            const init = () => ({ method: "POST", body: {{body}} });
            return [await (await fetch("tool://do/{{_key}}", init())).text(), await (await fetch(new Request("tool://do/{{_key}}", init()))).text()];
            """);

        Assert.All(answers.EnumerateArray(), answer => Assert.Equal($"POST {length}", answer.GetString()));
    }

    [Theory]
    [InlineData("(() => { const d = new FormData(); d.append('a', 'b'); return d; })()")]
    [InlineData("(() => { const d = new FormData(); d.append('f', new Blob(['12345'])); return d; })()")]
    [InlineData("(() => { const d = new FormData(); d.append('f', new File(['12345'], 'name.txt')); return d; })()")]
    public async Task A_form_arrives_whole(string form)
    {
        await using var page = await app.OpenAsync();

        var answer = await page.TryAsync($"(await fetch('tool://do/{_key}', {{ method: 'POST', body: {form} }})).text()");

        Assert.StartsWith("POST 1", answer.GetProperty("value").GetString(), StringComparison.Ordinal);
    }

    // Each of these ended the process.
    [Theory]
    [InlineData("const x = new XMLHttpRequest(); x.open('POST', 'tool://do/KEY'); x.send(new Blob(['x']));")]
    [InlineData("const x = new XMLHttpRequest(); x.open('POST', '/KEY'); const d = new FormData(); d.append('f', new Blob(['x'])); x.send(d);")]
    [InlineData("navigator.sendBeacon('tool://do/KEY', new Blob(['x']));")]
    public async Task A_blob_that_does_not_come_by_fetch_is_refused_with_advice(string script)
    {
        await using var page = await app.OpenAsync();

        var message = await page.RunAsync($"try {{ {script.Replace("KEY", _key, StringComparison.Ordinal)} return 'sent'; }} catch (error) {{ return error.message; }}");

        Assert.Contains("fetch", message.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_aborted_fetches_leave_no_stream()
    {
        await using var page = await app.OpenAsync();

        await page.RunAsync(
            """
            for (let round = 0; round < 20; round++) {
              await Promise.all(Array.from({ length: 50 }, async () => {
                const abort = new AbortController();
                const response = await fetch("endless://x/", { signal: abort.signal });
                const reader = response.body.getReader();
                await reader.read();
                abort.abort();
                await reader.read().catch(() => {});
              }));
            }
            """);

        await Eventually.TrueAsync(static () => EndlessStream.Open == 0, "every stream is closed");
    }

    [Fact(Skip = "WebKit 2.50 forgets that a request was aborted when its answer came after that, and reads on: https://github.com/WebKit/WebKit/blob/main/Source/WebKit/UIProcess/API/glib/WebKitURISchemeRequest.cpp")]
    public async Task Fetches_that_are_aborted_at_once_leave_no_stream()
    {
        await using var page = await app.OpenAsync();

        await page.RunAsync(
            """
            for (let i = 0; i < 300; i++) {
              const abort = new AbortController();
              const fetching = fetch("endless://x/", { signal: abort.signal }).catch(() => {});
              if (i % 3) await (i % 3 === 1 ? Promise.resolve() : oriel.invoke("echo", 1));
              abort.abort();
              await fetching;
            }
            """);

        await Eventually.TrueAsync(static () => EndlessStream.Open == 0, "every stream is closed");
    }

    [Theory]
    [InlineData("page.Window.Close")]
    [InlineData("reload")]
    public async Task A_window_that_goes_leaves_no_stream(string way)
    {
        await using var page = await app.OpenAsync();
        await page.RunAsync("await Promise.all(Array.from({ length: 20 }, async () => (await fetch('endless://x/')).body.getReader().read()))");

        if (way == "reload")
        {
            page.Window.Reload();
        }
        else
        {
            page.Window.Close();
        }

        await Eventually.TrueAsync(static () => EndlessStream.Open == 0, "every stream is closed");
    }

    private const string Collect = "<script>window.ends = []; addEventListener('message', (e) => e.data.end && ends.push(e.data.end));</script>";

    private string Attack(string script) =>
        $"<body><script>(async () => {{ try {{ {script.Replace("KEY", _key, StringComparison.Ordinal)} }} catch {{}} top.postMessage({{ end: 'done' }}, '*'); }})()</script>";

    private async Task AssertNothingReachedAsync(Page page, string way)
    {
        await page.UntilAsync("ends.length > 0");

        // What came from the frame before is handled before this answer.
        Assert.Equal(JsonValueKind.String, (await page.RunAsync($"return (await fetch('tool://do/own{_key}')).text()")).ValueKind);
        Assert.True(app.ToolCalls(_key) == 0, $"{way} reached the handler");
        Assert.Equal(1, app.ToolCalls($"own{_key}"));
    }
}
