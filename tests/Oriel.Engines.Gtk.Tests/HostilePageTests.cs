namespace Oriel.Engines.Gtk.Tests;

/// <summary>A page that breaks its own world: the isolated world and C# do not notice.</summary>
public sealed class HostilePageTests(TestApp app)
{
    private const string RawCall = "window.dispatchEvent(new CustomEvent('oriel:up', { detail: 'r900 {\"type\":\"request\",\"id\":\"900\",\"method\":\"secret\",\"data\":null}' }));";

    public static TheoryData<string> Poisons =>
    [
        "JSON.stringify = JSON.parse = () => { throw new Error('poisoned'); };",
        "Promise.prototype.then = function () { throw new Error('poisoned'); }; window.Promise = class {};",
        "Array.prototype.at = Array.prototype.push = Array.prototype.shift = () => { throw new Error('poisoned'); };",
        "Object.prototype.then = () => { throw new Error('poisoned'); };",
        "Object.defineProperty(Object.prototype, 'body', { get() { throw new Error('poisoned'); } });",
        "String.prototype.indexOf = String.prototype.slice = String.prototype.includes = () => { throw new Error('poisoned'); };",
        "window.fetch = () => { throw new Error('poisoned'); }; window.TextDecoder = class {}; window.ReadableStreamDefaultReader = class {};",
        "window.webkit = { messageHandlers: { oriel: { postMessage() { throw new Error('poisoned'); } } } };",
        "window.crypto.getRandomValues = () => new Uint8Array(16); window.location = location; window.queueMicrotask = () => {};",
        "EventTarget.prototype.addEventListener = EventTarget.prototype.removeEventListener = () => {};",
        "Object.defineProperty(CustomEvent.prototype, 'detail', { get: () => 'r1 {\"type\":\"request\",\"id\":\"666\",\"method\":\"echo\"}' });",
        "for (const type of ['oriel:up', 'oriel:down']) window.addEventListener(type, (e) => { try { e.detail.x = 1; e.preventDefault(); } catch {} }, true);",
        "delete window.CustomEvent; delete window.dispatchEvent;",
    ];

    [Theory]
    [MemberData(nameof(Poisons))]
    public async Task A_page_that_breaks_its_world_before_the_bridge_starts_breaks_nothing_else(string poison)
    {
        // The page's first script runs after the bridge's, and before the isolated world has heard of C#.
        await using var page = await app.OpenAsync($"<script>const CE = CustomEvent, dispatch = window.dispatchEvent.bind(window);\n{poison}</script>");

        // The result of a script comes by a promise, which one of the poisons keeps from everybody.
        _ = page.Window.EvaluateAsync(RawCall.Replace("window.dispatchEvent(new CustomEvent(", "dispatch(new CE(", StringComparison.Ordinal)).ContinueWith(static script => _ = script.Exception, TaskScheduler.Default);

        await Eventually.TrueAsync(() => app.SecretCalls(page.Window) == 1, "the relay carries the call");
    }

    [Fact]
    public async Task A_page_cannot_stop_a_message_on_its_way()
    {
        await using var page = await app.OpenAsync("<script>addEventListener('oriel:up', (e) => e.stopImmediatePropagation(), true)</script>");

        // The relay listens before any script of the page can.
        Assert.Equal(3, (await page.TryAsync("oriel.invoke('echo', 3)")).GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task A_page_cannot_replace_the_bridge()
    {
        await using var page = await app.OpenAsync();

        var changed = await page.RunAsync(
            """
            "use strict";
            const attempt = (action) => { try { action(); return "done"; } catch (error) { return error.name; } };
            const before = oriel.invoke;
            return [
              attempt(() => { window.oriel = {}; }),
              attempt(() => { oriel.invoke = () => 1; }),
              attempt(() => { delete window.oriel; }),
              attempt(() => Object.defineProperty(window, "oriel", { value: 1 })),
              String(oriel.invoke === before),
            ];
            """);

        Assert.Equal("TypeError,TypeError,TypeError,TypeError,true", string.Join(',', changed.EnumerateArray().Select(static result => result.GetString())));
    }

    [Fact]
    public async Task A_listener_that_throws_holds_up_neither_the_others_nor_the_stream()
    {
        await using var page = await app.OpenAsync("<script>window.heard = []; addEventListener('error', (e) => e.preventDefault()); oriel.on('news', () => { throw 1; }); addEventListener('news', () => { throw 2; }); oriel.on('news', (n) => heard.push(n));</script>");

        for (var i = 0; i < 50; i++)
        {
            await page.Window.EmitAsync("news", System.Text.Encoding.UTF8.GetBytes($"{i}"));
        }

        await page.UntilAsync("heard.length === 50");
    }

    [Fact(Skip = "document.open takes the listeners of both worlds from the window: calls after it are answered by their timeout alone.")]
    public async Task A_page_that_writes_itself_anew_keeps_its_bridge()
    {
        // document.open takes every listener from the window, the bridge's too.
        await using var page = await app.OpenAsync();

        await page.RunAsync("document.open(); document.write('<title>Anew</title><p>Hello'); document.close()");

        Assert.Equal(3, (await page.TryAsync("oriel.invoke('echo', 3, { timeout: 3000 })")).GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task A_download_that_nobody_asked_for_does_not_happen()
    {
        await using var page = await app.OpenAsync();
        var before = Downloads();

        await page.RunAsync(
            """
            const link = document.body.appendChild(document.createElement("a"));
            link.download = "oriel-download-test.bin";
            for (const href of [location.href, "tool://do/download", URL.createObjectURL(new Blob(["data"]))]) {
              link.href = href;
              link.click();
            }
            await oriel.invoke("echo", 1);
            await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
            """);

        Assert.Equal(before, Downloads());
    }

    private static string[] Downloads()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders = [home, Path.Combine(home, "Downloads"), Environment.CurrentDirectory, Path.GetTempPath(), Path.Combine(home, "Desktop")];
        return [.. folders.Where(Directory.Exists).SelectMany(static folder => Directory.EnumerateFiles(folder, "*oriel-download-test*")).Order()];
    }
}
