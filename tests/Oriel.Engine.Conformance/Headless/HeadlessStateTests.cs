using System.Collections.Concurrent;
using Oriel.Ipc;
using Oriel.Testing;

namespace Oriel.Engine.Conformance;

/// <summary>What a document that follows a state is sent.</summary>
public sealed class HeadlessStateTests
{
    private static readonly StateOptions Writable = new() { IsWritable = true };

    [Fact]
    public async Task Changes_come_in_order_and_small_ones_of_large_values_as_patches()
    {
        await using var host = await StartAsync();
        var page = await host.OpenPageAsync();
        var state = host.App.State("shape", Shape(1_000), Json.Default.Shape);
        var changes = await FollowAsync(page, "shape");

        state.Update(static shape => new Shape { Points = [.. shape.Points.Take(500), new Point { X = -1, Y = -1 }, .. shape.Points.Skip(501)] });
        await Patience.UntilAsync(() => changes.Count == 1, "the first change");
        state.Set(new Shape { Points = [] });
        await Patience.UntilAsync(() => changes.Count == 2, "the second change");

        Assert.Equal(
            [
                """{"key":"shape","version":2,"from":1,"patch":[{"op":"replace","path":"/points/500/x","value":-1},{"op":"replace","path":"/points/500/y","value":-1}]}""",
                """{"key":"shape","version":3,"value":{"points":[]}}""",
            ],
            changes);
    }

    [Fact]
    public async Task The_writer_is_not_told_what_it_wrote_and_others_are()
    {
        await using var host = await StartAsync();
        var (first, second) = (await host.OpenPageAsync(), await host.OpenPageAsync());
        var state = host.App.State("text", "a", Json.Default.String, Writable);
        var (seenByFirst, seenBySecond) = (await FollowAsync(first, "text"), await FollowAsync(second, "text"));

        await first.InvokeAsync("oriel.state.set", """{"key":"text","version":1,"value":"b"}""");
        await Patience.UntilAsync(() => seenBySecond.Count == 1, "the change at the other page");
        state.Set("c");
        await Patience.UntilAsync(() => seenByFirst.Count == 1 && seenBySecond.Count == 2, "the second change");

        Assert.Equal(["""{"key":"text","version":3,"value":"c"}"""], seenByFirst);
        Assert.Equal(["""{"key":"text","version":2,"value":"b"}""", """{"key":"text","version":3,"value":"c"}"""], seenBySecond);
    }

    [Fact]
    public async Task A_page_that_is_behind_gets_the_newest_value_and_nothing_piles_up()
    {
        await using var host = await StartAsync();
        var page = await host.OpenPageAsync();
        var state = host.App.State("text", "", Json.Default.String);
        var changes = await FollowAsync(page, "text");
        page.StopReading();

        // Two gigabytes, were each to wait.
        var text = new string('x', 200_000);
        for (var i = 0; i < 10_000; i++)
        {
            state.Set($"{i} {text}");
        }

        page.ResumeReading();
        await Patience.UntilAsync(() => changes.LastOrDefault()?.StartsWith("""{"key":"text","version":10001,""", StringComparison.Ordinal) == true, "the newest value");

        Assert.InRange(changes.Count, 1, 100);
    }

    [Fact]
    public async Task A_document_that_closed_the_state_or_is_gone_is_forgotten()
    {
        await using var host = await StartAsync();
        var page = await host.OpenPageAsync();
        var state = host.App.State("text", "", Json.Default.String);
        var changes = await FollowAsync(page, "text");

        await page.InvokeAsync("oriel.state.close", """{"key":"text"}""");
        state.Set("b");
        var next = await page.ReloadAsync();
        await next.Ready;
        var later = await FollowAsync(next, "text");
        state.Set("c");
        await Patience.UntilAsync(() => later.Count == 1, "the change in the next document");

        Assert.Empty(changes);
        Assert.Equal(["""{"key":"text","version":3,"value":"c"}"""], later);
    }

    [Fact]
    public async Task Who_opens_a_state_twice_is_told_once()
    {
        await using var host = await StartAsync();
        var page = await host.OpenPageAsync();
        var state = host.App.State("text", "a", Json.Default.String);
        var changes = await FollowAsync(page, "text");
        for (var i = 0; i < 1_000; i++)
        {
            await page.InvokeAsync("oriel.state.open", """{"key":"text"}""");
        }

        state.Set("b");
        await Patience.UntilAsync(() => !changes.IsEmpty, "the change");
        state.Set("c");
        await Patience.UntilAsync(() => changes.Last().Contains("\"c\"", StringComparison.Ordinal), "the next change");

        Assert.Equal(["""{"key":"text","version":2,"value":"b"}""", """{"key":"text","version":3,"value":"c"}"""], changes);
    }

    [Fact]
    public async Task A_page_that_opens_while_others_write_misses_nothing()
    {
        await using var host = await StartAsync();
        var state = host.App.State("number", 0, Json.Default.Int32);
        using var ended = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            while (!ended.IsCancellationRequested)
            {
                state.Update(static number => number + 1);
            }
        });

        var page = await host.OpenPageAsync();
        var last = 0;
        page.OnStateChange(data => Volatile.Write(ref last, Value(data)));
        for (var i = 0; i < 100; i++)
        {
            await page.InvokeAsync("oriel.state.open", """{"key":"number"}""");
        }

        await ended.CancelAsync();
        await writing;
        await Patience.UntilAsync(() => Volatile.Read(ref last) == state.Value, "the last value");
    }

    [Fact]
    public async Task Ten_thousand_keys_that_nobody_made_are_refused_one_by_one_and_nothing_is_kept()
    {
        await using var host = await StartAsync();
        var page = await host.OpenPageAsync();
        var state = host.App.State("text", "a", Json.Default.String);
        Task<string>[] answers = [];

        await page.TurnAsync(() => answers = [.. Enumerable.Range(0, 10_000).Select(i => page.InvokeAsync("oriel.state.open", $$"""{"key":"none{{i}}"}"""))]);
        foreach (var answer in answers)
        {
            Assert.Equal(IpcErrorCode.InvalidParams, (await Assert.ThrowsAsync<IpcException>(() => answer.Soon())).Code);
        }

        var changes = await FollowAsync(page, "text");
        state.Set("b");
        await Patience.UntilAsync(() => changes.Count == 1, "the change");
    }

    private static int Value(string data) => System.Text.Json.JsonDocument.Parse(data).RootElement.GetProperty("value").GetInt32();

    private static Shape Shape(int count) => new() { Points = [.. Enumerable.Range(0, count).Select(static i => new Point { X = i, Y = i })] };

    private static async Task<ConcurrentQueue<string>> FollowAsync(HeadlessPage page, string key)
    {
        var changes = new ConcurrentQueue<string>();
        page.OnStateChange(changes.Enqueue);
        await page.InvokeAsync("oriel.state.open", $$"""{"key":"{{key}}"}""");
        return changes;
    }

    private static Task<AppHost> StartAsync() => AppHost.StartAsync(static () => new HeadlessEngine(), setup: static app => app.Assets.AddText("index.html", "<!doctype html>"));
}
