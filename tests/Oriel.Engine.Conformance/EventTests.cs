using System.Collections.Concurrent;
using System.Text;
using Oriel.Ipc;

namespace Oriel.Engine.Conformance;

/// <summary>Events between pages and code.</summary>
public abstract class EventTests(EngineFixture engine)
{
    [Fact]
    public async Task Events_reach_the_page_in_order()
    {
        var name = engine.Unique("event");
        await using var page = await engine.OpenAsync();
        await page.RecordAsync(name);

        for (var i = 0; i < 1_000; i++)
        {
            await page.Window.EmitAsync(name, i, Json.Default.Int32);
        }

        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"{name} {i}"), await page.RecordedAsync(1_000));
    }

    [Fact]
    public async Task Events_reach_the_code_in_order_one_at_a_time()
    {
        var name = engine.Unique("event");
        var (arrived, running, most) = (new ConcurrentQueue<string>(), 0, 0);
        using var subscription = engine.App.Events.On(name, async (_, data) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            arrived.Enqueue(Encoding.UTF8.GetString(data.Span));
            Interlocked.Decrement(ref running);
        });
        await using var page = await engine.OpenAsync();

        await page.EmitManyAsync(name, 2_000);

        await Patience.UntilAsync(() => arrived.Count == 2_000, "2,000 events");
        Assert.Equal(Enumerable.Range(0, 2_000).Select(static i => $"{i}"), arrived);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task An_answer_does_not_overtake_the_events_that_its_command_emitted()
    {
        var (command, name) = (engine.Unique("command"), engine.Unique("progress"));
        engine.App.Commands.MapRaw(command, async context =>
        {
            for (var i = 0; i < 100; i++)
            {
                await context.Window.EmitAsync(name, i, Json.Default.Int32);
            }
        });
        await using var page = await engine.OpenAsync();
        await page.RecordAsync(name);

        await page.RecordAnswerAsync(command);

        string[] expected = [.. Enumerable.Range(0, 100).Select(i => $"{name} {i}"), "answer null"];
        Assert.Equal(expected, await page.RecordedAsync(101));
    }

    [Fact]
    public async Task An_event_that_code_both_emits_and_listens_for_does_not_come_back()
    {
        var (name, fence) = (engine.Unique("both"), engine.Unique("fence"));
        var (arrived, fenced) = (0, Promise<bool>());
        using var subscription = engine.App.Events.On(name, (_, _) =>
        {
            Interlocked.Increment(ref arrived);
            return ValueTask.CompletedTask;
        });
        using var other = engine.App.Events.On(fence, (_, _) =>
        {
            fenced.TrySetResult(true);
            return ValueTask.CompletedTask;
        });
        await using var page = await engine.OpenAsync();
        await page.RecordAsync(name);

        await page.Window.EmitAsync(name, "1"u8.ToArray());
        await page.RecordedAsync(1);
        await page.EmitAsync(fence);
        await fenced.Task.Soon();

        Assert.Equal(0, arrived);
    }

    [Theory]
    [InlineData("resize")]
    [InlineData("load")]
    [InlineData("message")]
    [InlineData("oriel:up")]
    public async Task A_name_of_the_platform_s_own_is_refused_on_both_sides(string name)
    {
        await using var page = await engine.OpenAsync();

        Assert.Throws<ArgumentException>(() => engine.App.Events.On(name, static (_, _) => ValueTask.CompletedTask));
        await Assert.ThrowsAsync<ArgumentException>(async () => await engine.App.Events.EmitAsync(name, "1"u8.ToArray()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await page.Window.EmitAsync(name, "1"u8.ToArray()));
        await Assert.ThrowsAnyAsync<Exception>(() => page.EmitAsync(name));
        await Assert.ThrowsAnyAsync<Exception>(() => page.RecordAsync(name));
    }

    [Fact]
    public async Task A_DOM_event_reaches_code_that_began_to_listen_while_the_window_was_open()
    {
        var (name, announced) = (engine.Unique("dom"), engine.Unique("announced"));
        var arrived = Promise<string>();
        await using var page = await engine.OpenAsync();
        await page.RecordAsync(announced);

        using var subscription = engine.App.Events.On(name, (_, data) =>
        {
            arrived.TrySetResult(Encoding.UTF8.GetString(data.Span));
            return ValueTask.CompletedTask;
        });

        // What is sent to a window arrives in order: with this the page knows the name.
        await page.Window.EmitAsync(announced, "1"u8.ToArray());
        await page.RecordedAsync(1);
        await page.DispatchAsync(name, """{"a":"ü"}""");

        Assert.Equal("""{"a":"ü"}""", await arrived.Task.Soon());
    }

    [Fact]
    public async Task Several_handlers_get_an_event_and_one_that_throws_holds_back_none()
    {
        var name = engine.Unique("event");
        var arrived = Promise<bool>();
        using var failing = engine.App.Events.On(name, (_, _) => throw new InvalidOperationException($"{name} failed on purpose."));
        using var other = engine.App.Events.On(name, (_, _) =>
        {
            arrived.TrySetResult(true);
            return ValueTask.CompletedTask;
        });
        await using var page = await engine.OpenAsync();

        await page.EmitAsync(name);

        await arrived.Task.Soon();
        Assert.Contains(engine.Log.Lines, line => line.Contains($"{name} failed on purpose.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_go_to_one_window_or_to_all_and_tell_the_window_they_come_from()
    {
        var (one, all, up) = (engine.Unique("one"), engine.Unique("all"), engine.Unique("up"));
        var from = new ConcurrentQueue<(int, string)>();
        using var subscription = engine.App.Events.On(up, (window, data) =>
        {
            from.Enqueue((window.Id, Encoding.UTF8.GetString(data.Span)));
            return ValueTask.CompletedTask;
        });
        await using var first = await engine.OpenAsync();
        await using var second = await engine.OpenAsync();
        await first.RecordAsync(one, all);
        await second.RecordAsync(one, all);

        await first.Window.EmitAsync(one, "1"u8.ToArray());
        await engine.App.Events.EmitAsync(all, "2"u8.ToArray());
        await first.EmitAsync(up, "\"first\"");
        await second.EmitAsync(up, "\"second\"");

        Assert.Equal([$"{one} 1", $"{all} 2"], await first.RecordedAsync(2));
        Assert.Equal([$"{all} 2"], await second.RecordedAsync(1));
        await Patience.UntilAsync(() => from.Count == 2, "both events");
        Assert.Equal([(first.Window.Id, "\"first\""), (second.Window.Id, "\"second\"")], from.OrderBy(static item => item.Item1));
    }

    [Fact]
    public async Task Emitting_waits_while_the_page_does_not_read_and_everything_arrives_in_order_afterwards()
    {
        const int Count = 5_000;
        var name = engine.Unique("flood");
        var payload = new string('x', 1_000);
        await using var page = await engine.OpenAsync();
        await page.RecordAsync(name);
        await page.StopReadingAsync();

        var sent = 0;
        var sending = Task.Run(async () =>
        {
            for (; sent < Count; sent++)
            {
                await page.Window.EmitAsync(name, $"{sent} {payload}", Json.Default.String);
            }
        });

        // Far less than the 5 MB fits between the two.
        await UntilStillAsync(() => Volatile.Read(ref sent));
        var sentAtRest = sent;
        await page.ResumeReadingAsync();
        await sending.Soon();
        var recorded = await page.RecordedAsync(Count);

        Assert.InRange(sentAtRest, 1, 1_000);
        Assert.Equal(Enumerable.Range(0, Count), recorded.Select(line => int.Parse(line.AsSpan(name.Length + 2, line.IndexOf(' ', name.Length + 2) - name.Length - 2), provider: null)));
    }

    [Fact]
    public async Task Text_of_several_bytes_a_letter_keeps_flowing()
    {
        // More than twice what may be under way, acknowledged in bytes and not in letters.
        var name = engine.Unique("letters");
        var payload = new string('語', 10_000);
        await using var page = await engine.OpenAsync();
        await page.RecordAsync(name);

        for (var i = 0; i < 60; i++)
        {
            await page.Window.EmitAsync(name, Encoding.UTF8.GetBytes($"\"{payload}\"")).AsTask().Soon();
        }

        Assert.All(await page.RecordedAsync(60), line => Assert.Equal($"{name} \"{payload}\"", line));
    }

    [Fact]
    public async Task A_single_event_larger_than_all_windows_arrives()
    {
        var name = engine.Unique("large");
        var payload = new string('語', 500_000);
        await using var page = await engine.OpenAsync();
        await page.RecordAsync(name);

        await page.Window.EmitAsync(name, Encoding.UTF8.GetBytes($"\"{payload}\"")).AsTask().Soon();

        Assert.Equal([$"{name} \"{payload}\""], await page.RecordedAsync(1));
    }

    [Fact]
    public async Task A_thousand_emits_that_nobody_awaits_may_wait_and_no_more()
    {
        var name = engine.Unique("busy");
        var data = Encoding.UTF8.GetBytes($"\"{new string('x', 1_000)}\"");
        var page = await engine.OpenAsync();
        await page.StopReadingAsync();

        List<Task> emits = [];
        for (var i = 0; i < 5_000; i++)
        {
            emits.Add(page.Window.EmitAsync(name, data).AsTask());
        }

        await page.DisposeAsync();
        await Task.WhenAll(emits).ContinueWith(static _ => { }, TaskScheduler.Default).Soon();
        var busy = emits.Count(static emit => emit.Exception?.InnerException is IpcException { Code: IpcErrorCode.Busy });

        Assert.InRange(busy, 1, 4_900);
    }

    [Fact]
    public async Task An_event_to_a_window_without_a_document_that_listens_is_dropped()
    {
        var origin = engine.ServeForeign();
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{origin}/" });

        for (var i = 0; i < 2_000; i++)
        {
            await page.Window.EmitAsync(engine.Unique("dropped"), "1"u8.ToArray()).AsTask().Soon();
        }

        await page.DisposeAsync();
        await page.Window.EmitAsync(engine.Unique("dropped"), "1"u8.ToArray()).AsTask().Soon();
    }

    [Fact]
    public async Task An_event_with_a_raw_line_feed_is_refused()
    {
        await using var page = await engine.OpenAsync();

        await Assert.ThrowsAsync<IpcException>(async () => await page.Window.EmitAsync(engine.Unique("lines"), "1\n"u8.ToArray()));
    }

    // Who waits emits nothing that would tell of it: the count stands still.
    private static async Task UntilStillAsync(Func<int> count)
    {
        var (last, since) = (-1, Environment.TickCount64);
        await Patience.UntilAsync(
            () =>
            {
                var now = count();
                if (now != last)
                {
                    (last, since) = (now, Environment.TickCount64);
                }

                return now > 0 && Environment.TickCount64 - since > 500;
            },
            "the emitter to wait");
    }

    private static TaskCompletionSource<T> Promise<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
