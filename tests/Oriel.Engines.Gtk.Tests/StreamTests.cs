using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Oriel.CompilerServices;
using Oriel.Ipc;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>Streams both ways, and progress, between a real page and C#.</summary>
public sealed class StreamTests(TestApp app)
{
    // An iterator of the page that says what becomes of it.
    private const string Watched =
        """
        const source = { asked: 0, returned: 0 };
        const values = {
          [Symbol.asyncIterator]: () => ({
            next: async () => ({ value: source.asked++, done: false }),
            return: async () => { source.returned++; return { value: undefined, done: true }; },
          }),
        };
        globalThis.source = source;
        """;

    private static int s_lastName;

    [Fact]
    public async Task Two_hundred_thousand_items_arrive_complete_and_in_order()
    {
        const int Count = 200_000;

        var name = Unique("samples");
        app.App.Commands.MapStream(name, static (int count, CommandContext _) => Samples(count), StreamJson.Default.Int32, StreamJson.Default.Sample);
        await using var page = await app.OpenAsync();

        var read = await page.RunAsync(
            $$"""
            let next = 0;
            for await (const item of oriel.stream("{{name}}", {{Count}})) {
              if (item.id !== next || item.name !== `sample ${next % 10}`) {
                return `item ${next} is ${JSON.stringify(item)}`;
              }
              next++;
            }
            return next;
            """);

        Assert.Equal($"{Count}", read.ToString());
    }

    [Fact]
    public async Task The_items_of_a_channel_are_a_stream()
    {
        var name = Unique("channel");
        app.App.Commands.MapRaw(name, static async context =>
        {
            var channel = Channel.CreateBounded<int>(4);
            var writing = Task.Run(async () =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    await channel.Writer.WriteAsync(i, context.CancellationToken);
                }

                channel.Writer.Complete();
            });
            await context.SendStreamAsync(channel.Reader, StreamJson.Default.Int32);
            await writing;
        });
        await using var page = await app.OpenAsync();

        var sum = await page.RunAsync($"let sum = 0; for await (const item of oriel.stream('{name}')) sum = sum * 3 % 1000003 + item; return sum;");

        Assert.Equal(Enumerable.Range(0, 1_000).Aggregate(0L, static (sum, item) => (sum * 3 % 1_000_003) + item), sum.GetInt64());
    }

    [Fact]
    public async Task A_page_that_stops_reading_stops_the_producer_and_one_that_goes_on_has_lost_nothing()
    {
        var produced = new StrongBox<int>();
        var name = AddNumbers(produced, out _);
        await using var page = await app.OpenAsync();

        await page.RunAsync($"globalThis.items = oriel.stream('{name}', 5000)[Symbol.asyncIterator](); return (await items.next()).value;");
        await Eventually.TrueAsync(() => Volatile.Read(ref produced.Value) >= 128, "the credit is used");
        await page.RunAsync("for (let i = 0; i < 20; i++) await oriel.invoke('echo', i); return 0;");
        Assert.InRange(Volatile.Read(ref produced.Value), 128, 130);

        var rest = await page.RunAsync("let next = 1; for await (const item of items) { if (item !== next++) return item; } return next;");
        Assert.Equal(5_000, rest.GetInt32());
    }

    [Fact]
    public async Task Aborting_a_stream_in_its_midst_cancels_the_producer()
    {
        var name = AddNumbers(new StrongBox<int>(), out var ended);
        await using var page = await app.OpenAsync();

        var result = await page.RunAsync(
            $$"""
            const stop = new AbortController();
            let last = -1;
            try {
              for await (const item of oriel.stream("{{name}}", 100000000, { signal: stop.signal })) {
                last = item;
                if (item === 1000) { stop.abort(); stop.abort(); }
              }
              return "ended";
            } catch (error) {
              return `${error.name} behind ${last}`;
            }
            """);

        Assert.Equal("AbortError behind 1000", result.GetString());
        await ended.InTime();
    }

    [Fact]
    public async Task Loading_a_page_anew_in_the_midst_of_its_streams_ends_them_both_ways()
    {
        var name = AddNumbers(new StrongBox<int>(), out var ended);
        var reader = AddReader(int.MaxValue, out var read, out var readerEnded);
        await using var page = await app.OpenAsync();
        _ = await page.RunAsync(
            $$"""
            {{Watched}}
            oriel.invoke("{{reader}}", { values }, { timeout: 0 }).catch(() => {});
            globalThis.items = oriel.stream("{{name}}", 100000000)[Symbol.asyncIterator]();
            return (await items.next()).value;
            """);
        await Eventually.TrueAsync(() => Volatile.Read(ref read.Value) > 100, "values arrive");
        page.Window.Reload();

        await ended.InTime();
        await readerEnded.InTime();
        await page.UntilAsync("typeof source === 'undefined' && oriel");
        Assert.Equal(5, (await page.TryAsync("oriel.invoke('echo', 5)")).GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Progress_arrives_in_order_in_front_of_the_answer()
    {
        var name = Unique("progress");
        app.App.Commands.MapRaw(name, static async context =>
        {
            var progress = context.Progress(StreamJson.Default.Int32);
            for (var i = 1; i <= 2_000; i++)
            {
                progress.Report(i);
                if (i % 100 == 0)
                {
                    await Task.Yield();
                }
            }

            context.WriteResult("done", StreamJson.Default.String);
        });
        await using var page = await app.OpenAsync();

        var result = await page.RunAsync(
            $$"""
            const seen = [];
            const answer = await oriel.invoke("{{name}}", null, { onProgress: (value) => seen.push(value) });
            const before = seen.length;
            const plain = await oriel.invoke("{{name}}");
            return { answer, plain, seen, late: seen.length - before };
            """);

        var seen = result.GetProperty("seen").EnumerateArray().Select(static value => value.GetInt32()).ToArray();
        Assert.Equal(("done", "done", 0), (result.GetProperty("answer").GetString(), result.GetProperty("plain").GetString(), result.GetProperty("late").GetInt32()));
        Assert.Equal(1, seen[0]);
        Assert.Equal(seen.Order().Distinct(), seen);
    }

    [Fact]
    public async Task Ten_thousand_values_of_a_page_arrive_in_order_and_no_further_ahead_than_they_are_read()
    {
        var ahead = 0;
        var produced = new StrongBox<int>();
        var tick = Unique("tick");
        app.App.Commands.MapRaw(tick, context =>
        {
            Volatile.Write(ref produced.Value, context.ReadArguments(StreamJson.Default.Int32));
            return ValueTask.CompletedTask;
        });
        var name = Unique("sum");
        app.App.Commands.MapRaw(name, async context =>
        {
            var next = 0;
            await foreach (var value in Values(context))
            {
                Assert.Equal(next++, value);
                ahead = Math.Max(ahead, Volatile.Read(ref produced.Value) - next);
            }

            context.WriteResult(next, StreamJson.Default.Int32);
        });
        await using var page = await app.OpenAsync();

        var result = await page.RunAsync(
            $$"""
            async function* numbers() {
              for (let i = 0; i < 10000; i++) {
                if (i % 500 === 0) oriel.invoke("{{tick}}", i);
                yield i;
              }
            }
            return await oriel.invoke("{{name}}", { values: numbers() });
            """);

        Assert.Equal(10_000, result.GetInt32());
        Assert.InRange(ahead, 0, 1_024);
    }

    [Fact]
    public async Task A_command_that_does_not_read_on_stops_the_page_s_iterator()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var name = Unique("stuck");
        app.App.Commands.MapRaw(name, async context =>
        {
            await foreach (var _ in Values(context))
            {
                await goOn.Task;
                break;
            }
        });
        await using var page = await app.OpenAsync();
        await page.RunAsync($"{Watched} globalThis.answer = oriel.invoke('{name}', {{ values }}); return 0;");
        await page.UntilAsync("source.asked > 0");

        // The answers to these come behind whatever the first credit allowed.
        await page.RunAsync("for (let i = 0; i < 20; i++) await oriel.invoke('echo', i); return 0;");
        Assert.InRange((await page.RunAsync("return source.asked;")).GetInt32(), 1, 4);
        goOn.SetResult();
        await page.RunAsync("await answer; return 0;");
        await page.UntilAsync("source.returned === 1");
    }

    [Fact]
    public async Task A_command_that_stops_reading_early_returns_the_page_s_iterator_while_it_runs_on()
    {
        var name = Unique("first");
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.App.Commands.MapRaw(name, async context =>
        {
            await foreach (var value in Values(context))
            {
                if (value == 100)
                {
                    break;
                }
            }

            await end.Task;
        });
        await using var page = await app.OpenAsync();
        await page.RunAsync($"{Watched} globalThis.answer = oriel.invoke('{name}', {{ values }}); return 0;");

        await page.UntilAsync("source.returned === 1");
        end.SetResult();
        await page.RunAsync("await answer; return 0;");
        Assert.Equal(1, (await page.RunAsync("return source.returned;")).GetInt32());
    }

    [Fact]
    public async Task An_iterator_of_the_page_that_throws_is_the_reader_s_error_behind_its_values()
    {
        var name = AddReader(int.MaxValue, out var read, out _);
        await using var page = await app.OpenAsync();

        var result = await page.TryAsync($$"""oriel.invoke("{{name}}", { values: (async function* () { yield 1; yield 2; throw new Error("out of paper"); })() })""");

        Assert.Equal("out of paper", result.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(2, read.Value);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_an_error_with_its_path()
    {
        var name = AddReader(int.MaxValue, out _, out _);
        await using var page = await app.OpenAsync();

        var result = await page.TryAsync($$"""oriel.invoke("{{name}}", { values: (async function* () { yield 1; yield "two"; })() })""");

        Assert.Equal((int)IpcErrorCode.InvalidParams, result.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_readable_stream_of_values_arrives()
    {
        var name = AddReader(int.MaxValue, out var read, out _);
        await using var page = await app.OpenAsync();

        await page.RunAsync(
            $$"""
            const stream = new ReadableStream({ start(controller) { for (let i = 0; i < 50; i++) controller.enqueue(i); controller.close(); } });
            return await oriel.invoke("{{name}}", { values: oriel.values(stream) });
            """);

        Assert.Equal(50, read.Value);
    }

    [Fact]
    public async Task A_stream_of_values_in_front_of_bytes_arrives_with_them()
    {
        var name = Unique("both");
        var signature = new CommandSignature(new CommandParameter("values", "AsyncIterable<number>"), new CommandParameter("bytes", "BinarySource"));
        var type = JsonMetadataServices.CreateValueInfo<byte[]>(new JsonSerializerOptions { TypeInfoResolver = StreamJson.Default }, BodyJson.Bytes);
        app.App.Commands.MapRaw(name, context =>
        {
            // As generated code does it.
            GeneratedCommands.MayStartAgain(context);
            var (values, bytes) = ((IAsyncEnumerable<int>?)null, (byte[]?)null);
            var reader = new ArgumentReader(context, signature);
            while (reader.Next(out var index))
            {
                if (index == 0)
                {
                    values = reader.GetStream(StreamJson.Default.Int32);
                }
                else
                {
                    bytes = reader.Get(type);
                }
            }

            return AddAsync(context, values!, bytes!.Length);
        });
        await using var page = await app.OpenAsync();

        var result = await page.RunAsync($$"""return await oriel.invoke("{{name}}", { values: (async function* () { yield 1; yield 2; })(), bytes: new Uint8Array(3) });""");

        Assert.Equal("6", result.ToString());

        static async ValueTask AddAsync(CommandContext context, IAsyncEnumerable<int> values, int sum)
        {
            await foreach (var value in values)
            {
                sum += value;
            }

            context.WriteResult(sum, StreamJson.Default.Int32);
        }
    }

    [Theory]
    [InlineData("{ values: [1, 2] }")]
    [InlineData("{ values: { $stream: 7 } }")]
    [InlineData("{ values: { $stream: '' } }")]
    [InlineData("{ values: { $stream: 'x'.repeat(1000) } }")]
    [InlineData("{ values: { $stream: '1', more: 2 } }")]
    [InlineData("{ values: null }")]
    public async Task What_is_no_stream_is_refused(string arguments)
    {
        var name = AddReader(int.MaxValue, out _, out _);
        await using var page = await app.OpenAsync();

        var result = await page.TryAsync($"oriel.invoke('{name}', {arguments})");

        Assert.Equal((int)IpcErrorCode.InvalidParams, result.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_stream_that_the_page_has_made_up_is_an_error_and_waits_for_nothing()
    {
        var name = AddReader(int.MaxValue, out _, out _);
        await using var page = await app.OpenAsync();

        var result = await page.TryAsync($$"""oriel.invoke("{{name}}", { values: { $stream: "4711" } })""");

        Assert.Contains("no such stream", result.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    // Written by hand, as a page may: values for streams that are not there, of other windows, twice ended, and beyond all credit.
    [Fact]
    public async Task Forged_messages_of_streams_harm_nobody()
    {
        var name = AddReader(int.MaxValue, out var read, out _);
        await using var victim = await app.OpenAsync();
        await using var page = await app.OpenAsync();
        await victim.RunAsync($$"""{{Watched}} globalThis.stop = new AbortController(); oriel.invoke("{{name}}", { values: (async function* () { yield 1; await new Promise(() => {}); })() }, { signal: stop.signal, timeout: 0 }).catch(() => {}); return 0;""");
        await Eventually.TrueAsync(() => Volatile.Read(ref read.Value) == 1, "the first value arrives");

        await page.RunAsync(
            """
            const up = (detail) => window.dispatchEvent(new CustomEvent("oriel:up", { detail }));
            for (let id = 0; id < 200; id++) {
              up(`i{"type":"next","id":"${id}","data":666}`);
              up(`i{"type":"done","id":"${id}"}`);
              up(`i{"type":"done","id":"${id}","error":{"code":1,"message":"x"}}`);
              up(`c${id} {"type":"credit","id":"${id}","data":2147483647}`);
              up(`c${id} {"type":"cancel","id":"${id}"}`);
            }
            up(`i{"type":"next","id":{},"data":666}`);
            up(`i{"type":"next"}`);
            up("i");
            up("i{");
            return await oriel.invoke("echo", 1);
            """);

        Assert.Equal(1, Volatile.Read(ref read.Value));
        Assert.Equal(2, (await victim.TryAsync("oriel.invoke('echo', 2)")).GetProperty("value").GetInt32());
        Assert.Equal(3, (await page.TryAsync("oriel.invoke('echo', 3)")).GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Values_beyond_the_credit_end_the_call_and_not_the_bridge()
    {
        var name = Unique("greedy");
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.App.Commands.MapRaw(name, async context =>
        {
            await foreach (var _ in Values(context))
            {
                await goOn.Task;
            }
        });
        await using var page = await app.OpenAsync();
        await page.RunAsync($$"""{{Watched}} globalThis.answer = oriel.invoke("{{name}}", { values }).catch((error) => error.code); return 0;""");
        await page.UntilAsync("source.asked > 0");
        await page.RunAsync(
            """
            for (let id = 0; id < 50; id++) {
              for (let i = 0; i < 100; i++) {
                window.dispatchEvent(new CustomEvent("oriel:up", { detail: `i{"type":"next","id":"${id}","data":1}` }));
              }
            }
            return await oriel.invoke("echo", 1);
            """);
        await page.UntilAsync("source.returned === 1");
        goOn.SetResult();

        Assert.Equal((int)IpcErrorCode.InvalidRequest, (await page.RunAsync("return await answer;")).GetInt32());
    }

    [Fact]
    public async Task A_hundred_thousand_streams_are_refused_beyond_the_limit_and_all_released()
    {
        var open = 0;
        var name = Unique("open");
        app.App.Commands.MapRaw(name, async context =>
        {
            Interlocked.Increment(ref open);
            try
            {
                await context.SendItemAsync("1"u8.ToArray());
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        });
        await using var page = await app.OpenAsync();

        var result = await page.RunAsync(
            $$"""
            const opened = Array.from({ length: 100000 }, () => oriel.stream("{{name}}")[Symbol.asyncIterator]());
            const first = await Promise.allSettled(opened.map((items) => items.next()));
            const codes = new Set(first.filter((result) => result.status === "rejected").map((result) => result.reason.code));
            const begun = first.filter((result) => result.status === "fulfilled").length;
            await Promise.all(opened.map((items) => items.return()));
            return { begun, codes: [...codes], echo: await oriel.invoke("echo", 1) };
            """);

        Assert.Equal("[-32006]", result.GetProperty("codes").GetRawText());
        Assert.InRange(result.GetProperty("begun").GetInt32(), 1, IpcLimits.Default.MaxRequestsInFlight);
        await Eventually.TrueAsync(() => Volatile.Read(ref open) == 0, "every stream has ended");
    }

    private static string Unique(string name) => $"{name}.{Interlocked.Increment(ref s_lastName)}";

    private string AddNumbers(StrongBox<int> produced, out Task ended)
    {
        var name = Unique("numbers");
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.App.Commands.MapStream(name, (int count, CommandContext _) => Numbers(count, produced, end), StreamJson.Default.Int32, StreamJson.Default.Int32);
        ended = end.Task;
        return name;
    }

    /// <summary>A command that reads so many values of its stream.</summary>
    private string AddReader(int most, out StrongBox<int> read, out Task ended)
    {
        var name = Unique("reader");
        var count = read = new StrongBox<int>();
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ended = end.Task;
        app.App.Commands.MapRaw(name, async context =>
        {
            try
            {
                await foreach (var _ in Values(context))
                {
                    if (Interlocked.Increment(ref count.Value) == most)
                    {
                        break;
                    }
                }
            }
            finally
            {
                end.TrySetResult();
            }
        });
        return name;
    }

    // As generated code does it.
    private static IAsyncEnumerable<int> Values(CommandContext context)
    {
        var reader = new Utf8JsonReader(context.Arguments.Span);
        reader.Read();
        reader.Read();
        reader.Read();
        try
        {
            return context.ReadStream(ref reader, StreamJson.Default.Int32);
        }
        catch (JsonException exception)
        {
            throw new IpcException(IpcErrorCode.InvalidParams, exception.Message);
        }
    }

    private static async IAsyncEnumerable<Sample> Samples(int count)
    {
        await Task.CompletedTask;
        for (var i = 0; i < count; i++)
        {
            yield return new Sample(i, $"sample {i % 10}", i / 2.0);
        }
    }

    private static async IAsyncEnumerable<int> Numbers(int count, StrongBox<int> produced, TaskCompletionSource ended)
    {
        await Task.CompletedTask;
        try
        {
            for (var i = 0; i < count; i++)
            {
                Interlocked.Increment(ref produced.Value);
                yield return i;
            }
        }
        finally
        {
            ended.TrySetResult();
        }
    }
}

internal sealed record Sample(int Id, string Name, double Value);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Sample))]
internal sealed partial class StreamJson : JsonSerializerContext;
