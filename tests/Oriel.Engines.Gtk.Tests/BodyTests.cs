using System.Text;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>Bytes beside the messages, in real pages: who may have them, and what they cost.</summary>
public sealed class BodyTests(TestApp app)
{
    private const long Mega = 1024 * 1024;
    private const long Huge = 2048 * Mega;

    // Measured: 165 to 273 MB down, 20 MB up. JavaScriptCore lets as much garbage pile up before it collects.
    private const long WebSlack = 384 * Mega;

    // A page's own scripts see what its bridge sees: by this one gives its token away.
    private const string Leak =
        """
        const address = await new Promise((resolve) => {
          addEventListener("oriel:down", (event) => {
            const found = /\/\.oriel\/body\/[0-9a-f]+\/\d+/.exec(event.detail);
            if (found) {
              event.stopImmediatePropagation();
              resolve("oriel://app" + found[0]);
            }
          }, true);
          void oriel.invoke("NAME");
        });
        return address;
        """;

    private static int _lastName;

    [Fact]
    public async Task A_page_whose_policy_forbids_bytes_is_told_so()
    {
        var down = Add(static context => context.WriteResult(new byte[10]));
        var up = Add(static async context => await context.OpenBody().CopyToAsync(Stream.Null, context.CancellationToken));
        await using var page = await app.OpenAsync("<!doctype html><meta http-equiv=Content-Security-Policy content=\"connect-src 'none'\"><body>");

        foreach (var call in new[] { $"oriel.invoke('{down}')", $"oriel.invoke('{up}', new Uint8Array(10))" })
        {
            var error = (await page.TryAsync(call)).GetProperty("error");
            Assert.Equal(-32003, error.GetProperty("code").GetInt32());
            Assert.Contains("connect-src", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_foreign_frame_that_knows_the_address_gets_nothing_and_takes_nothing()
    {
        var name = Add(static context => context.WriteResult("precious"u8.ToArray()));
        const string Attack =
            """
            <script>
            addEventListener('message', async ({ data: address }) => {
              const attempts = [{}, { mode: 'no-cors' }, { referrerPolicy: 'no-referrer' }, { method: 'DELETE' }];
              const late = new Promise((resolve) => setTimeout(resolve, 3_000, 'never answered'));
              const seen = attempts.map((options) => Promise.race([late, fetch(address, options).then((r) => r.text(), String)]));
              parent.postMessage((await Promise.all(seen)).join('|'), '*');
            });
            </script>
            """;
        await using var page = await app.OpenAsync($"<!doctype html><body><iframe src='{app.AddForeignPage(Attack)}'></iframe><iframe sandbox='allow-scripts' srcdoc=\"{Attack}\"></iframe>", new WindowOptions { AllowedOrigins = ["evil://site"] });
        var address = (await page.RunAsync(Leak.Replace("NAME", name, StringComparison.Ordinal))).GetString()!;

        foreach (var frame in new[] { 0, 1 })
        {
            var seen = await page.RunAsync($"return await new Promise((r) => {{ addEventListener('message', (e) => r(e.data), {{ once: true }}); frames[{frame}].postMessage('{address}', '*'); }})");
            Assert.DoesNotContain("precious", seen.GetString(), StringComparison.Ordinal);
        }

        Assert.Equal("precious", (await page.RunAsync($"return await (await fetch('{address}')).text()")).GetString());
        Assert.Equal(404, (await page.RunAsync($"return (await fetch('{address}')).status")).GetInt32());
    }

    [Fact]
    public async Task Another_window_and_the_next_document_do_not_get_the_bytes_of_a_document()
    {
        var name = Add(static context => context.WriteResult("precious"u8.ToArray()));
        await using var page = await app.OpenAsync();
        await using var other = await app.OpenAsync();
        var address = (await page.RunAsync(Leak.Replace("NAME", name, StringComparison.Ordinal))).GetString()!;

        Assert.Equal(404, (await other.RunAsync($"return (await fetch('{address}')).status")).GetInt32());
        await page.LoadAsync(app.AddPage("<!doctype html>"));
        await page.Window.WhenReadyAsync().InTime();

        Assert.Equal(404, (await page.RunAsync($"return (await fetch('{address}')).status")).GetInt32());
    }

    [Fact]
    public async Task A_stranger_s_blob_to_the_address_of_bytes_does_no_harm()
    {
        await using var page = await app.OpenAsync();
        var attack = "<script>(async () => { for (const path of ['body/0123456789abcdef0123456789abcdef/1?offset=0&last=1', 'serve/a']) { await fetch('oriel://app/.oriel/' + path, { method: 'POST', mode: 'no-cors', body: new Blob(['x']) }).catch(() => {}); } parent.postMessage('done', '*'); })()</script>";

        await page.RunAsync($"return await new Promise((r) => {{ addEventListener('message', (e) => r(e.data), {{ once: true }}); const frame = document.createElement('iframe'); frame.sandbox = 'allow-scripts'; frame.srcdoc = {Page.Quote(attack)}; document.body.append(frame); }})");

        Assert.Equal(1, (await page.RunAsync("return await oriel.invoke('echo', 1)")).GetInt32());
    }

    [Fact]
    public async Task A_picture_that_is_served_is_shown_in_the_page()
    {
        using var content = app.App.Serve($"{Unique()}/dot.svg", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' width='7' height='5'/>"), "image/svg+xml");
        await using var page = await app.OpenAsync();

        Assert.Equal(7, (await page.RunAsync($"const image = new Image(); image.src = '{content.Url}'; await image.decode(); return image.naturalWidth")).GetInt32());
    }

    [Fact]
    [Trait("Weight", "heavy")]
    public async Task Two_gigabytes_down_leave_both_processes_their_memory()
    {
        var name = Add(static context => context.WriteResult(new LongStream(Huge)));
        var (page, web) = await OpenAloneAsync();
        await using var open = page;

        var (growth, seconds) = await PeakGrowthAsync(web, page.Window.EvaluateAsync(
            $$"""
            const reader = (await oriel.invoke("{{name}}")).getReader();
            let total = 0, wrong = 0;
            for (let part; !(part = await reader.read()).done; total += part.value.length) {
              wrong += part.value[0] !== (total >> 20 & 255);
            }
            return [total, wrong];
            """), $"[{Huge},0]");

        TestContext.Current.TestOutputHelper?.WriteLine($"down: {Huge / Mega / seconds:N0} MB/s, growth {growth.Ours / Mega} MB here, {growth.Theirs / Mega} MB in the web process");
        Assert.InRange(growth.Ours, long.MinValue, 64 * Mega);
        Assert.InRange(growth.Theirs, long.MinValue, WebSlack);
    }

    [Fact]
    [Trait("Weight", "heavy")]
    public async Task Two_gigabytes_up_leave_both_processes_their_memory()
    {
        var name = Add(static async context =>
        {
            var body = context.OpenBody();
            var buffer = new byte[128 * 1024];
            long total = 0;
            for (int count; (count = await body.ReadAsync(buffer, context.CancellationToken)) > 0;)
            {
                total += count;
            }

            System.Buffers.BuffersExtensions.Write(context.Result, Encoding.UTF8.GetBytes($"{total}"));
        });
        var (page, web) = await OpenAloneAsync();
        await using var open = page;

        var (growth, seconds) = await PeakGrowthAsync(web, page.Window.EvaluateAsync(
            $$"""
            let left = {{Huge}};
            const chunk = new Uint8Array(1 << 20);
            const source = new ReadableStream({ pull(c) { left > 0 ? (c.enqueue(chunk), left -= chunk.length) : c.close(); } });
            return await oriel.invoke("{{name}}", source, { timeout: 0 });
            """), $"{Huge}");

        TestContext.Current.TestOutputHelper?.WriteLine($"up: {Huge / Mega / seconds:N0} MB/s, growth {growth.Ours / Mega} MB here, {growth.Theirs / Mega} MB in the web process");
        Assert.InRange(growth.Ours, long.MinValue, 64 * Mega);
        Assert.InRange(growth.Theirs, long.MinValue, WebSlack);
    }

    private static async Task<((long Ours, long Theirs) Growth, double Seconds)> PeakGrowthAsync(int web, Task<string> work, string expected)
    {
        Processes.ManagedBytes();
        var (ours, theirs) = (Processes.PrivateBytes(Environment.ProcessId), Processes.PrivateBytes(web));
        var peak = (Ours: 0L, Theirs: 0L);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!work.IsCompleted)
        {
            peak = (Math.Max(peak.Ours, Processes.PrivateBytes(Environment.ProcessId) - ours), Math.Max(peak.Theirs, Processes.PrivateBytes(web) - theirs));
            await Task.WhenAny(work, Task.Delay(250, TestContext.Current.CancellationToken));
            Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromMinutes(3));
        }

        Assert.Equal(expected, await work);
        return (peak, System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private async Task<(Page Page, int Web)> OpenAloneAsync()
    {
        var before = Processes.Web();
        var page = await app.OpenAsync(options: new WindowOptions { OwnProcess = true });
        return (page, Assert.Single(Processes.Web().Except(before)));
    }

    private static string Unique() => $"body{Interlocked.Increment(ref _lastName)}";

    private string Add(Action<CommandContext> handler) => Add(context =>
    {
        handler(context);
        return ValueTask.CompletedTask;
    });

    private string Add(Func<CommandContext, ValueTask> handler)
    {
        var name = Unique();
        app.App.Commands.MapRaw(name, context => handler(context));
        return name;
    }

    // Each megabyte begins with its number.
    private sealed class LongStream(long length) : ReadOnlyStream
    {
        private long _position;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, length - _position);
            if (count > 0)
            {
                buffer.Span[0] = (byte)(_position >> 20);
            }

            _position += count;
            return new ValueTask<int>(count);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
