using Microsoft.AspNetCore.Components;
using static Oriel.Components.UI;

namespace Oriel.Components.Tests;

public sealed class ReactiveRenderTests
{
    [Fact]
    public async Task Of_a_thousand_slots_only_the_one_that_reads_is_rendered()
    {
        var states = Enumerable.Range(0, 1_000).Select(static i => new State<int>(i)).ToArray();
        var renders = new int[states.Length];
        var rootRenders = 0;
        await using var page = ShownView.Show(() =>
        {
            rootRenders++;
            return Group([.. states.Select((state, i) => UI.Slot(() => { renders[i]++; return $"{state.Value}"; }))]);
        });
        await page.SettleAsync();
        var frames = page.Frames.Count;

        states[500].Value = -1;
        var frame = await page.NextAsync(frames);

        Assert.Equal((1, 2, 1_001), (rootRenders, renders[500], renders.Sum()));
        Assert.Contains("\"-1\"", frame, StringComparison.Ordinal);
        Assert.InRange(frame.Length, 1, 40);
    }

    [Fact]
    public async Task A_razor_component_that_reads_a_state_in_its_markup_is_rendered_again()
    {
        var count = new State<int>(0);
        await using var page = Show(count);
        await page.SettleAsync();
        var frames = page.Frames.Count;

        count.Value = 7;

        Assert.Contains("\"7\"", await page.NextAsync(frames), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_writes_in_a_turn_are_one_render()
    {
        var count = new State<int>(0);
        var renders = 0;
        await using var page = ShownView.Show(() => UI.Slot(() => { renders++; return $"{count.Value}"; }));
        await page.SettleAsync();
        var frames = page.Frames.Count;

        await page.Session.Dispatcher.InvokeAsync(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                count.Value++;
            }
        }).InTime();
        var frame = await page.NextAsync(frames);
        await page.SettleAsync();

        Assert.Contains("\"1000\"", frame, StringComparison.Ordinal);
        Assert.Equal((2, frames + 1), (renders, page.Frames.Count));
    }

    [Fact]
    public async Task Writes_from_many_threads_lose_nothing_and_wait_for_a_page_that_is_behind()
    {
        var count = new State<int>(0);
        var renders = 0;
        await using var page = ShownView.Show(() => UI.Slot(() => { renders++; return $"{count.Value}"; }));
        await page.SettleAsync();
        var frames = page.Frames.Count;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                count.Update(static count => count + 1);
            }
        }))).InTime();
        await page.SettleAsync();
        await page.SettleAsync();

        // Two frames that the page has not applied, and what was written meanwhile as one.
        Assert.Contains("\"4000\"", TestPage.Body(page.Frames[^1]), StringComparison.Ordinal);
        Assert.InRange(renders, 2, 4);
        Assert.InRange(page.Frames.Count, frames + 1, frames + 3);
    }

    [Fact]
    public async Task What_a_handler_has_written_is_in_the_frame_that_answers_the_event()
    {
        var count = new State<int>(0);
        await using var page = ShownView.Show(() => Group(
            UI.Slot(() => $"{count.Value}"),
            Fragment(builder =>
            {
                builder.OpenElement(0, "button");
                builder.AddAttribute(1, "onclick", EventCallback.Factory.Create(this, () => count.Value++));
                builder.CloseElement();
            })));
        await page.SettleAsync();
        var frames = page.Frames.Count;

        await page.RaiseAsync("click");

        // It has come with the event's turn: nothing was waited for.
        Assert.Contains("\"1\"", TestPage.Body(page.Frames[frames]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_is_not_rendered_when_what_was_computed_is_the_same()
    {
        var count = new State<int>(1);
        var isOdd = new Computed<bool>(() => count.Value % 2 != 0);
        var renders = 0;
        await using var page = ShownView.Show(() => UI.Slot(() => { renders++; return $"{isOdd.Value}"; }));
        await page.SettleAsync();

        count.Value = 3;
        await page.SettleAsync();

        Assert.Equal(1, renders);
    }

    [Fact]
    public async Task Components_that_come_and_go_by_thousands_leave_no_reader_behind()
    {
        var isShown = new State<bool>(false);
        var count = new State<int>(0);
        var renders = 0;
        await using var page = ShownView.Show(() => If(
            () => isShown.Value,
            () => Group([.. Enumerable.Range(0, 2_000).Select(_ => UI.Slot(() => { renders++; return $"{count.Value}"; }))])));
        var most = 0;

        for (var round = 0; round < 3; round++)
        {
            isShown.Value = true;
            await page.SettleAsync();
            most = Math.Max(most, ReadersOf(count));
            isShown.Value = false;
            await page.SettleAsync();
        }

        var before = renders;
        count.Value++;
        await page.SettleAsync();

        Assert.Equal((2_000, 0, 6_000, 6_000), (most, ReadersOf(count), before, renders));
    }

    [Fact]
    public async Task A_session_that_ends_follows_nothing()
    {
        var count = new State<int>(0);
        var page = ShownView.Show(() => UI.Slot(() => $"{count.Value}"));
        await page.SettleAsync();
        var before = ReadersOf(count);

        await page.DisposeAsync();

        Assert.Equal((1, 0), (before, ReadersOf(count)));
    }

    [Fact]
    public async Task A_component_that_writes_what_it_reads_is_stopped_and_reported()
    {
        var count = new State<int>(0);
        await using var page = ShownView.Show(() => UI.Slot(() => $"{count.Value++}"));

        await Soon.UntilAsync(() =>
        {
            page.SendAsync("ack").GetAwaiter().GetResult();
            return page.Messages.Any(message => TestPage.Body(message).Contains("\"error\"", StringComparison.Ordinal));
        });

        Assert.InRange(count.Value, 2, 1_100);
    }

    private static TestPage Show(State<int> count) =>
        TestPage.Show<ReadingComponent>(new Dictionary<string, object?> { [nameof(ReadingComponent.Count)] = count });

    private static int ReadersOf(object source) => ((ISource)source).Readers.Count;
}
