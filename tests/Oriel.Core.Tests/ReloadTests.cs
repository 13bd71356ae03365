using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Oriel.Ipc;
using Oriel.Testing;
using Oriel.Tests;

namespace Oriel.Core.Tests;

/// <summary>What a document leaves behind that is loaded again in the middle of everything: nothing.</summary>
public sealed class ReloadTests
{
    private const int Rounds = 200;

    private readonly List<WeakReference> _left = [];
    private int _underWay;
    private int _streams;

    [Fact]
    public async Task Two_hundred_reloads_in_the_middle_of_everything_leave_no_object_behind()
    {
        await using var host = await AppHost.StartAsync(static () => new HeadlessEngine(), setup: SetUp);
        var page = await host.OpenPageAsync().InTime();
        for (var round = 0; round < Rounds; round++)
        {
            page = await LeaveAsync(page).InTime();
        }

        await Soon.UntilAsync(() => Volatile.Read(ref _underWay) == 0);
        await Soon.UntilAsync(() => Volatile.Read(ref _streams) == 0);

        Assert.InRange(_left.Count, Rounds * 10, int.MaxValue);

        // The present document's, and one that may still stand in a local of the runtime's.
        await Soon.UntilAsync(() => AliveAfterCollection() <= 4);
        Assert.Equal("1", await page.InvokeAsync("one", cancellationToken: TestContext.Current.CancellationToken));
        GC.KeepAlive(host);
    }

    // In a method of its own, so that no local of it keeps a page alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<HeadlessPage> LeaveAsync(HeadlessPage page)
    {
        await page.InvokeAsync("oriel.state.open", """{"key":"cart"}""");
        await page.InvokeAsync("oriel.state.open", """{"key":"own"}""");
        await page.InvokeAsync("bytes");
        await using (var begun = await page.OpenBodyAsync(await page.InvokeAsync("film")))
        {
            await begun.ReadExactlyAsync(new byte[10]);
            await page.InvokeAsync("film");

            Task[] calls =
            [
                FailsAsync(page.InvokeAsync("wait")),
                FailsAsync(page.InvokeAsync("values", """{"$stream":"4711"}""")),
                FailsAsync(page.InvokeAsync("upload", HeadlessPage.ReferenceOf(page.NewBodyId(), 100))),
                FailsAsync(page.InvokeAsync("upload", page.AddBody(new EndlessZeros()))),
                FailsAsync(page.InvokeAsync("whole", HeadlessPage.ReferenceOf(page.NewBodyId(), 1_000_000))),
            ];
            await ReadOneAsync(page);
            var next = await page.ReloadAsync();
            await next.Ready;
            await Task.WhenAll(calls);
            return next;
        }
    }

    private static async Task ReadOneAsync(HeadlessPage page)
    {
        // Neither read on nor left.
        await page.StreamAsync("numbers", credit: 4).GetAsyncEnumerator().MoveNextAsync();
    }

    // The document goes in their midst.
    private static Task<IpcException> FailsAsync(Task call) => Assert.ThrowsAsync<IpcException>(() => call.InTime());

    private void SetUp(OrielApp app)
    {
        var number = ReloadJson.Default.Int32;
        app.Assets.AddText("index.html", "<!doctype html>");
        app.State("cart", 1, number);
        app.State("own", 1, number);
        app.Commands.MapRaw("one", static context => Answer(context, "1"u8));
        Map(app, "bytes", static context =>
        {
            context.WriteResult(new byte[10_000]);
            return ValueTask.CompletedTask;
        });
        Map(app, "film", context =>
        {
            context.WriteResult(new Film(this));
            return ValueTask.CompletedTask;
        });
        Map(app, "wait", static async context => await Task.Delay(Timeout.Infinite, context.CancellationToken));
        Map(app, "values", async context =>
        {
            await foreach (var value in context.OpenStream("4711", number))
            {
                GC.KeepAlive(value);
            }
        });
        Map(app, "upload", static async context =>
        {
            await context.OpenBody().ReadExactlyAsync(new byte[1], context.CancellationToken);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        });
        Map(app, "whole", static async context => await context.ReadBodyAsync());
        Map(app, "numbers", static async context =>
        {
            for (; ; )
            {
                await context.SendItemAsync("1"u8.ToArray());
            }
        });
    }

    private static ValueTask Answer(CommandContext context, ReadOnlySpan<byte> json)
    {
        json.CopyTo(context.Result.GetSpan(json.Length));
        context.Result.Advance(json.Length);
        return ValueTask.CompletedTask;
    }

    private void Map(OrielApp app, string name, CommandHandler handler) => app.Commands.MapRaw(name, async context =>
    {
        Interlocked.Increment(ref _underWay);
        lock (_left)
        {
            _left.AddRange([new WeakReference(context), new WeakReference(context.Document), new WeakReference(context.Document!.Bodies)]);
        }

        try
        {
            await handler(context);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    });

    private int AliveAfterCollection()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        lock (_left)
        {
            return _left.Select(static left => left.Target).Where(static target => target is not null).Distinct().Count();
        }
    }

    private sealed class Film : MemoryStream
    {
        private readonly ReloadTests _test;
        private bool _isDisposed;

        public Film(ReloadTests test)
            : base(new byte[3_000_000])
        {
            _test = test;
            Interlocked.Increment(ref test._streams);
            lock (test._left)
            {
                test._left.Add(new WeakReference(this));
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                Interlocked.Decrement(ref _test._streams);
            }

            base.Dispose(disposing);
        }
    }

    private sealed class EndlessZeros : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}

[JsonSerializable(typeof(int))]
internal sealed partial class ReloadJson : JsonSerializerContext;
