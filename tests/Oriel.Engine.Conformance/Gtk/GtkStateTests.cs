namespace Oriel.Engine.Conformance;

/// <summary>States as <c>oriel.state</c> shows them to a page of WebKit.</summary>
[Collection(nameof(GtkFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Gtk)]
public sealed class GtkStateTests(GtkFixture engine)
{
    private static readonly StateOptions Writable = new() { IsWritable = true };

    [Fact]
    public async Task Two_windows_show_one_state()
    {
        var state = engine.App.State(engine.Unique("text"), "a", Json.Default.String, Writable);
        await using var first = await engine.OpenAsync();
        await using var second = await engine.OpenAsync();
        await FollowAsync(first, state.Key);
        await FollowAsync(second, state.Key);

        state.Set("from C#");
        await UntilAsync(first, "from C#");
        await UntilAsync(second, "from C#");
        await RunAsync(first, "await state.set((text) => `${text} and a page`)");

        await UntilAsync(second, "from C# and a page");
        Assert.Equal("from C# and a page", state.Value);
    }

    [Fact]
    public async Task Windows_that_write_at_once_lose_nothing_that_functions_write()
    {
        const int Count = 50;
        var state = engine.App.State(engine.Unique("number"), 0, Json.Default.Int32, Writable);
        await using var first = await engine.OpenAsync();
        await using var second = await engine.OpenAsync();
        await FollowAsync(first, state.Key);
        await FollowAsync(second, state.Key);

        // The last are told by settling: a write that lost too often is rejected, and not written.
        var script = $"let written = 0; for (let i = 0; i < {Count}; i++) {{ await state.set((n) => n + 1).then(() => written++, () => {{}}); }} return written";
        var written = await Task.WhenAll(RunAsync(first, script), RunAsync(second, script));

        var sum = written.Sum(static count => int.Parse(count, provider: null));
        Assert.InRange(sum, Count, 2 * Count);
        Assert.Equal(sum, state.Value);
        await UntilAsync(first, sum);
        await UntilAsync(second, sum);
    }

    [Fact]
    public async Task A_stale_write_is_rejected_and_the_winner_shown()
    {
        var state = engine.App.State(engine.Unique("text"), "a", Json.Default.String, Writable);
        await using var page = await engine.OpenAsync();
        await FollowAsync(page, state.Key);

        // A change that this page is kept from hearing of.
        await RunAsync(page, $"await oriel.invoke('oriel.state.close', {{ key: '{state.Key}' }})");
        state.Set("winner");
        var seen = await RunAsync(page, "const code = await state.set('mine').then(() => 0, (error) => error.code); return [code, state.get()]");

        Assert.Equal("[-32008,\"winner\"]", seen);
    }

    [Fact]
    public async Task A_page_that_comes_back_has_the_present_value()
    {
        var state = engine.App.State(engine.Unique("text"), "a", Json.Default.String, Writable);
        var other = engine.AddPage();
        await using var page = await engine.OpenAsync();
        await FollowAsync(page, state.Key);
        state.Set("b");
        await UntilAsync(page, "b");

        await EngineFixture.LoadAsync(page.Window, () => page.NavigateAsync($"oriel://app/{other}"));
        state.Set("c");
        await EngineFixture.LoadAsync(page.Window, page.GoBackAsync);
        await FollowAsync(page, state.Key);
        await UntilAsync(page, "c");

        state.Set("d");
        await UntilAsync(page, "d");
    }

    [Fact]
    public async Task A_large_value_that_changes_a_little_and_often_stays_what_it_is_in_C_()
    {
        var state = engine.App.State(engine.Unique("shape"), new Shape { Points = [.. Enumerable.Range(0, 2_000).Select(static i => new Point { X = i, Y = 0 })] }, Json.Default.Shape);
        await using var page = await engine.OpenAsync();
        await FollowAsync(page, state.Key);
        var random = new Random(1);

        for (var i = 1; i <= 300; i++)
        {
            state.Update(shape =>
            {
                var points = shape.Points.ToList();
                var at = random.Next(points.Count);
                switch (random.Next(3))
                {
                    case 0:
                        points[at] = points[at] with { Y = i };
                        break;
                    case 1:
                        points.RemoveAt(at);
                        break;
                    default:
                        points.Insert(at, new Point { X = -i, Y = i });
                        break;
                }

                return new Shape { Points = [.. points] };
            });
            await Task.Yield();
        }

        await UntilAsync(page, state.Value);
    }

    [Fact]
    public async Task A_key_that_nobody_made_rejects_ready()
    {
        await using var page = await engine.OpenAsync();

        Assert.Equal("-32602", await page.Window.EvaluateAsync("return await oriel.state('nothing').ready.catch((error) => error.code)").Soon());
    }

    private static Task<string> FollowAsync(IPageDriver page, string key) =>
        page.Window.EvaluateAsync($"globalThis.state = oriel.state({Json.Quote(key)}); await state.ready; return 0").Soon();

    private static Task<string> RunAsync(IPageDriver page, string script) => page.Window.EvaluateAsync(script).Soon();

    private static Task<string> UntilAsync(IPageDriver page, string value) => WaitAsync(page, Json.Quote(value));

    private static Task<string> UntilAsync(IPageDriver page, int value) => WaitAsync(page, $"{value}");

    private static Task<string> UntilAsync(IPageDriver page, Shape value) => WaitAsync(page, System.Text.Json.JsonSerializer.Serialize(value, Json.Default.Shape));

    private static Task<string> WaitAsync(IPageDriver page, string json) => page.Window.EvaluateAsync($$"""
        const wanted = JSON.stringify(JSON.parse({{Json.Quote(json)}}));
        await new Promise((resolve) => {
          const stop = state.subscribe((value) => {
            if (JSON.stringify(value) === wanted) {
              resolve();
              queueMicrotask(() => stop());
            }
          });
        });
        return 0
        """).Soon();
}
