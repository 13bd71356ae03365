using System.Runtime.CompilerServices;

namespace Oriel.Engine.Conformance;

/// <summary>Commands that answer with a stream.</summary>
public abstract class StreamTests(EngineFixture engine)
{
    [Fact]
    public async Task The_items_of_a_stream_arrive_in_order()
    {
        var (name, _, _) = AddNumbers();
        await using var page = await engine.OpenAsync();

        List<string> items = [];
        await foreach (var item in page.StreamAsync(name, "500"))
        {
            items.Add(item);
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(static i => $"{i}"), items);
    }

    [Fact]
    public async Task A_reader_that_stops_stops_the_producer_by_its_credit()
    {
        var (name, produced, _) = AddNumbers();
        await using var page = await engine.OpenAsync();

        await using var items = page.StreamAsync(name, "1000000", credit: 8).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());
        await Patience.UntilAsync(() => produced() >= 8, "the credit to be used");

        // Of eight items the first was read, and the producer has made the ninth that it may not send.
        Assert.InRange(produced(), 8, 10);
        for (var i = 0; i < 100; i++)
        {
            Assert.True(await items.MoveNextAsync());
        }

        Assert.InRange(produced(), 100, 120);
    }

    [Fact]
    public async Task Leaving_the_loop_cancels_the_producer()
    {
        var (name, _, ended) = AddNumbers();
        await using var page = await engine.OpenAsync();

        await foreach (var item in page.StreamAsync(name, "1000000"))
        {
            if (item == "40")
            {
                break;
            }
        }

        await ended.Soon();
    }

    [Fact]
    public async Task A_stream_ends_when_its_document_does()
    {
        var (name, _, ended) = AddNumbers();
        var next = engine.AddPage();
        await using var page = await engine.OpenAsync();

        var items = page.StreamAsync(name, "1000000").GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());
        await EngineFixture.LoadAsync(page.Window, () => page.NavigateAsync(next));

        await ended.Soon();
    }

    [Fact]
    public async Task An_empty_stream_ends_at_once()
    {
        var (name, _, _) = AddNumbers();
        await using var page = await engine.OpenAsync();

        await foreach (var item in page.StreamAsync(name, "0"))
        {
            Assert.Fail($"{item} came out of an empty stream.");
        }
    }

    [Fact]
    public async Task A_stream_that_fails_throws_behind_its_items()
    {
        var name = engine.Unique("failing");
        engine.App.Commands.MapStream(name, static (int count, CommandContext _) => FailAfter(count), Json.Default.Int32, Json.Default.Int32);
        await using var page = await engine.OpenAsync();

        List<string> items = [];
        var error = await Assert.ThrowsAsync<PageErrorException>(async () =>
        {
            await foreach (var item in page.StreamAsync(name, "3"))
            {
                items.Add(item);
            }
        });

        Assert.Equal(["0", "1", "2"], items);
        Assert.Equal((-32603, "No more."), (error.Code, error.Message));
    }

    [Fact]
    public async Task A_stream_s_wrong_arguments_are_refused()
    {
        var (name, _, _) = AddNumbers();
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(async () => await ReadAsync(page.StreamAsync(name, "\"many\"")));

        Assert.Equal(-32602, error.Code);
    }

    [Fact]
    public async Task A_command_that_streams_is_refused_to_a_call_that_wants_one_answer()
    {
        var (name, produced, _) = AddNumbers();
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name, "3"));

        Assert.Equal(-32600, error.Code);
        Assert.Equal(0, produced());
    }

    [Fact]
    public async Task A_command_with_one_answer_is_a_stream_of_one_item()
    {
        var name = engine.Unique("one");
        engine.App.Commands.Map(name, static _ => 7, Json.Default.Int32);
        await using var page = await engine.OpenAsync();

        Assert.Equal(["7"], await ReadAsync(page.StreamAsync(name)));
    }

    [Fact]
    public async Task An_unknown_command_is_an_unknown_stream()
    {
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(async () => await ReadAsync(page.StreamAsync("no.such.stream")));

        Assert.Equal(-32601, error.Code);
    }

    private (string Name, Func<int> Produced, Task Ended) AddNumbers()
    {
        var name = engine.Unique("numbers");
        var produced = new StrongBox<int>();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.App.Commands.MapStream(name, (int count, CommandContext _) => Numbers(count, produced, ended), Json.Default.Int32, Json.Default.Int32);
        return (name, () => Volatile.Read(ref produced.Value), ended.Task);
    }

    private static async IAsyncEnumerable<int> Numbers(int count, StrongBox<int> produced, TaskCompletionSource ended)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                Interlocked.Increment(ref produced.Value);
                yield return i;
                await Task.Yield();
            }
        }
        finally
        {
            ended.TrySetResult();
        }
    }

    private static async IAsyncEnumerable<int> FailAfter(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return i;
            await Task.Yield();
        }

        throw new InvalidOperationException("No more.");
    }

    private static async Task<List<string>> ReadAsync(IAsyncEnumerable<string> items)
    {
        List<string> read = [];
        await foreach (var item in items)
        {
            read.Add(item);
        }

        return read;
    }
}
