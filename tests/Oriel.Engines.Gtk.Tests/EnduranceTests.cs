using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>A lot of everything: every answer right, and nothing left behind. With <c>ORIEL_TESTS_LONG</c> set, more of it.</summary>
[Trait("Weight", "heavy")]
public sealed class EnduranceTests(TestApp app)
{
    private const long Mega = 1024 * 1024;

    private static int s_underWay;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("ORIEL_TESTS_LONG") is { Length: > 0 };

    [Fact]
    public async Task Calls_in_a_row_and_calls_in_flight_are_answered_right_and_leave_nothing()
    {
        var (page, web) = await OpenAloneAsync();
        await using var open = page;
        const string Body =
            """
            const row = COUNT, flight = 10_000;
            for (let i = 0; i < row; i++) {
              const got = await oriel.invoke("echo", { i, text: "row" });
              if (got.i !== i || got.text !== "row") return `wrong at ${i}`;
            }
            const all = await Promise.all(Array.from({ length: flight }, (_, i) => oriel.invoke("echo", [i, "x".repeat(i % 100)])));
            for (let i = 0; i < flight; i++) {
              if (all[i][0] !== i || all[i][1].length !== i % 100) return `wrong in flight at ${i}`;
            }
            return "right";
            """;
        Assert.Equal("right", (await page.RunAsync(Body.Replace("COUNT", "2_000", StringComparison.Ordinal))).GetString());
        var (managed, ours, theirs) = Measure(web);

        Assert.Equal("right", (await page.RunAsync(Body.Replace("COUNT", "20_000", StringComparison.Ordinal))).GetString());

        await AssertBackAsync(web, managed, ours, theirs, managedSlack: 3 * Mega, ownSlack: 48 * Mega, webSlack: 64 * Mega);
    }

    [Fact]
    public async Task A_page_that_stopped_reading_holds_the_producer_and_no_memory()
    {
        var (page, web) = await OpenAloneAsync("<script>window.seen = []; oriel.on('flood', (n) => seen.push(n))</script>");
        await using var open = page;
        var busy = TimeSpan.FromSeconds(IsLong ? 10 : 3);
        var sent = 0;
        using var stop = new CancellationTokenSource();
        var padding = new string('x', 100);

        // The page's thread is busy; nothing of it reads.
        var stuck = page.Window.EvaluateAsync($"const until = performance.now() + {busy.TotalMilliseconds}; while (performance.now() < until); return seen.length");
        var emitting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await page.Window.EmitAsync("flood", Encoding.UTF8.GetBytes($"[{sent++},\"{padding}\"]"));
            }
        });
        var started = Stopwatch.GetTimestamp();

        // What the producer needs to stand still: its queue, and the buffers on the way.
        var heldSoon = -1;
        while (Volatile.Read(ref sent) != heldSoon && Stopwatch.GetElapsedTime(started) < busy / 2)
        {
            heldSoon = Volatile.Read(ref sent);
            await Task.Delay(busy / 10, TestContext.Current.CancellationToken);
        }

        var (_, ours, theirs) = Measure(web);
        var peak = (Ours: 0L, Theirs: 0L);
        while (Stopwatch.GetElapsedTime(started) < busy * 0.9)
        {
            peak = (Math.Max(peak.Ours, Processes.PrivateBytes(Environment.ProcessId)), Math.Max(peak.Theirs, Processes.PrivateBytes(web)));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var held = Volatile.Read(ref sent);
        await stop.CancelAsync();
        await stuck.InTime();
        await emitting.InTime();
        await page.UntilAsync($"seen.length === {sent}");

        Assert.True((await page.RunAsync("return seen.every(([n], i) => n === i)")).GetBoolean(), "everything arrived in order");
        Assert.Equal(heldSoon, held);

        // The collectors take some of what they gave back for the measure; what nobody held back would be hundreds of megabytes.
        Assert.InRange(peak.Ours - ours, long.MinValue, 64 * Mega);
        Assert.InRange(peak.Theirs - theirs, long.MinValue, 64 * Mega);
    }

    [Fact]
    public async Task Senders_that_nobody_awaits_are_bounded_while_the_page_does_not_read()
    {
        await using var page = await app.OpenAsync("<script>window.seen = 0; oriel.on('flood', () => seen++)</script>");

        var stuck = page.Window.EvaluateAsync("const until = performance.now() + 1500; while (performance.now() < until)");
        var refused = 0;
        var data = Encoding.UTF8.GetBytes($"\"{new string('x', 1000)}\"");
        var sending = Enumerable.Range(0, 20_000).Select(async _ =>
        {
            try
            {
                await page.Window.EmitAsync("flood", data);
            }
            catch (Ipc.IpcException exception) when (exception.Error.Code == (int)Ipc.IpcErrorCode.Busy)
            {
                Interlocked.Increment(ref refused);
            }
        }).ToArray();
        await Task.WhenAll(sending).InTime();
        await stuck.ContinueWith(static _ => { }, TaskScheduler.Default);

        Assert.InRange(refused, 1_000, 20_000);
        await page.UntilAsync($"seen === {20_000 - refused}");
    }

    [Fact]
    public async Task Windows_opened_and_closed_leave_nothing()
    {
        // One stays, so that the web process does.
        await using var keeper = await app.OpenAsync();
        var web = Processes.Web();
        await RoundsAsync(20);
        var managed = Processes.ManagedBytes();
        var ours = Processes.PrivateBytes(Environment.ProcessId);
        var files = Processes.OpenFiles(Environment.ProcessId);
        var threads = Threads();

        await RoundsAsync(IsLong ? 1000 : 200);

        await Eventually.TrueAsync(() => Processes.OpenFiles(Environment.ProcessId) <= files + 4, "the files are closed");
        await Eventually.TrueAsync(() => Processes.Web().SetEquals(web), "no web process is left");
        await Eventually.TrueAsync(() => Threads() <= threads + 6, "the threads have ended");
        Assert.InRange(Processes.ManagedBytes() - managed, long.MinValue, 2 * Mega);
        Assert.InRange(Processes.PrivateBytes(Environment.ProcessId) - ours, long.MinValue, (IsLong ? 100 : 40) * Mega);
        Assert.Single(app.App.Windows);

        async Task RoundsAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var page = await app.OpenAsync(options: new WindowOptions { Width = 200, Height = 150 });
                await page.RunAsync("return await oriel.invoke('echo', 1)");
                await page.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_closed_window_is_collected()
    {
        var windows = new List<WeakReference>();
        for (var i = 0; i < 10; i++)
        {
            windows.Add(await OpenAndCloseAsync());
        }

        // The engine's object is told of its end after the window; the last may still stand in a local somewhere.
        await Eventually.TrueAsync(
            () =>
            {
                Processes.ManagedBytes();
                return windows.Count(static window => window.IsAlive) <= 1;
            },
            "the windows are collected");

        async Task<WeakReference> OpenAndCloseAsync()
        {
            var page = await app.OpenAsync();
            await page.RunAsync("return await oriel.invoke('echo', 1)");
            await page.DisposeAsync();
            return new WeakReference(page.Window);
        }
    }

    [Fact]
    public async Task Processes_of_windows_with_their_own_end_with_them()
    {
        var before = Processes.Web().Count;

        for (var i = 0; i < 5; i++)
        {
            await using var page = await app.OpenAsync(options: new WindowOptions { OwnProcess = true });
        }

        await Eventually.TrueAsync(() => Processes.Web().Count <= before, "the processes have ended");
    }

    // Uploads that lie or never come, streams that nobody reads, states written at random, forged messages, addresses that are guessed: all at
    // once, in a page that is loaded again in the midst of it, while commands come and go.
    [Fact]
    public async Task A_page_that_floods_everything_at_once_harms_neither_memory_nor_another_window()
    {
        const string Flood =
            """
            const up = (detail) => dispatchEvent(new CustomEvent("oriel:up", { detail }));
            const drop = (promise) => void Promise.resolve(promise).catch(() => {});
            const call = (name, args) => drop(oriel.invoke(name, args, { timeout: 2000 }));
            const never = () => new ReadableStream({ pull: () => new Promise(() => {}) });
            globalThis.rounds = 0;
            const flood = () => {
              rounds++;
              for (let i = 0; i < 20; i++) {
                const id = Math.floor(Math.random() * 1000);
                up(`c${id} {"type":"cancel","id":"${id}"}`);
                up(`c${id} {"type":"credit","id":"${id}","data":1000000}`);
                up(`i{"type":"next","id":"${id}","data":${i}}`);
                up(`i{"type":"done","id":"${id}"}`);
                up(`r${id} {"type":"request","id":"x${rounds}.${i}","method":"flood.upload","data":{"body":{"$body":"${id}","length":${i % 2 ? 5 : 1e15}}}}`);
                up(`r${id} {"type":"request"`);
                drop(fetch(`/.oriel/body/${"0".repeat(32)}/${i}?offset=0&last=1`, { method: "POST", body: new Uint8Array(100) }));
                call("flood.upload", { body: new Uint8Array(1000) });
                call("flood.whole", { bytes: new Uint8Array(1000) });
                call("flood.upload", { body: never() });
                call("flood.film");
                call("flood.values", { values: (async function* () { for (;;) yield i; })() });
                call("flood.changing", { n: i });
                call("no.such.command", [[[[[]]]]]);
                drop(oriel.stream("flood.numbers")[Symbol.asyncIterator]().next());
                const abort = new AbortController();
                drop(oriel.invoke("flood.wait", {}, { signal: abort.signal }));
                abort.abort();
                abort.abort();
                call("oriel.state.open", { key: i % 2 ? "flood" : `none${rounds}` });
                for (const change of [{ version: -1, value: 1 }, { version: 1e15, value: 1 }, { version: 1, value: "text" }, { version: 1, patch: [{ op: "remove", path: "/a/b" }] }]) {
                  call("oriel.state.set", { key: "flood", ...change });
                }
                drop(oriel.emit("flood", i));
              }
              setTimeout(flood);
            };
            flood();
            return 0;
            """;
        var state = app.App.State("flood", 0, StreamJson.Default.Int32, new StateOptions { IsWritable = true });
        app.App.Commands.Map("flood.upload", static async (Stream body, CancellationToken cancel) => await body.CopyToAsync(Stream.Null, cancel));
        app.App.Commands.Map("flood.whole", static (byte[] bytes) => bytes.Length);
        app.App.Commands.Map("flood.film", static () => (Stream)new MemoryStream(new byte[100_000]));
        app.App.Commands.Map("flood.numbers", static (CancellationToken cancel) => Numbers(cancel));
        app.App.Commands.Map("flood.values", static async (IAsyncEnumerable<int> values, CancellationToken cancel) =>
        {
            await foreach (var _ in values.WithCancellation(cancel))
            {
            }
        });
        app.App.Commands.Map("flood.wait", static async (CancellationToken cancel) =>
        {
            Interlocked.Increment(ref s_underWay);
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            finally
            {
                Interlocked.Decrement(ref s_underWay);
            }
        });

        await using var victim = await app.OpenAsync();
        await using var page = await app.OpenAsync(options: new WindowOptions { OwnProcess = true });
        await FloodAsync();
        var (managed, ours) = (Processes.ManagedBytes(), Processes.PrivateBytes(Environment.ProcessId));

        for (var round = 0; round < (IsLong ? 20 : 4); round++)
        {
            await FloodAsync();
        }

        await Eventually.TrueAsync(() => Processes.ManagedBytes() - managed <= 3 * Mega, "the managed memory is back");
        await Eventually.TrueAsync(() => Processes.PrivateBytes(Environment.ProcessId) - ours <= 64 * Mega, "the memory is back");
        Assert.Equal(2, (await page.RunAsync("return await oriel.invoke('echo', 2)")).GetInt32());
        state.Set(-7);
        Assert.Equal(-7, (await victim.RunAsync("return (await oriel.invoke('oriel.state.open', { key: 'flood' })).value")).GetInt32());

        async Task FloodAsync()
        {
            await page.RunAsync(Flood);
            for (var i = 0; i < 20; i++)
            {
                app.App.Commands.Map("flood.changing", static (int n) => n);
                Assert.Equal(i, (await victim.RunAsync($"return await oriel.invoke('echo', {i})")).GetInt32());
                app.App.Commands.Remove("flood.changing");
            }

            await page.UntilAsync("rounds >= 5");
            await page.LoadAsync(app.AddPage("<!doctype html><title>Again</title>"));
            await page.Window.WhenReadyAsync().InTime();
            await Eventually.TrueAsync(() => Volatile.Read(ref s_underWay) == 0, "every call of the document that went has ended");
        }
    }

    private static async IAsyncEnumerable<int> Numbers([EnumeratorCancellation] CancellationToken cancel)
    {
        for (var i = 0; !cancel.IsCancellationRequested; i++)
        {
            yield return i;
            await Task.Yield();
        }
    }

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Length;

    private async Task<(Page Page, int Web)> OpenAloneAsync(string html = "<!doctype html><body>")
    {
        var before = Processes.Web();
        var page = await app.OpenAsync(html, new WindowOptions { OwnProcess = true });
        return (page, Assert.Single(Processes.Web().Except(before)));
    }

    private static (long Managed, long Ours, long Theirs) Measure(int web) =>
        (Processes.ManagedBytes(), Processes.PrivateBytes(Environment.ProcessId), Processes.PrivateBytes(web));

    private static Task AssertBackAsync(int web, long managed, long ours, long theirs, long managedSlack, long ownSlack, long webSlack) =>
        Eventually.TrueAsync(
            () =>
            {
                var now = Measure(web);
                return now.Managed - managed <= managedSlack && now.Ours - ours <= ownSlack && now.Theirs - theirs <= webSlack;
            },
            "the memory is back");
}
