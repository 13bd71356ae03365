using System.Text;
using Oriel.Ipc;

namespace Oriel.Tests;

public sealed class DownQueueTests
{
    private const int Capacity = 256 * 1024;

    [Fact]
    public async Task What_was_enqueued_is_read_in_order()
    {
        using var queue = new DownQueue();
        await SendAsync(queue, "a\n");
        await SendAsync(queue, "b\n");

        Assert.Equal("a\nb\n", await ReadAsync(queue));
        Assert.Equal(2, queue.LinesTaken);
    }

    [Fact]
    public async Task A_pending_read_is_woken_once_and_takes_all_that_is_there()
    {
        using var queue = new DownQueue();
        var buffer = new byte[100];
        var read = queue.ReadAsync(buffer);
        Assert.False(read.IsCompleted);
        await SendAsync(queue, "a\n");
        Assert.True(read.IsCompleted);
        await SendAsync(queue, "b\n");

        Assert.Equal(4, await read);
        Assert.Equal("a\nb\n", Encoding.UTF8.GetString(buffer, 0, 4));
    }

    [Fact]
    public async Task Two_reads_at_once_are_refused()
    {
        using var queue = new DownQueue();
        var first = queue.ReadAsync(new byte[1]).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await queue.ReadExactlyAsync(new byte[1]));
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task Reading_stops_at_the_window_until_the_page_acknowledges()
    {
        using var queue = new DownQueue();
        await SendAsync(queue, Line(DownQueue.Window));
        var buffer = new byte[2 * DownQueue.Window];
        Assert.Equal(DownQueue.Window, await queue.ReadAsync(buffer));
        await SendAsync(queue, "z\n");

        var read = queue.ReadAsync(buffer).AsTask();
        Assert.False(read.IsCompleted);
        queue.Acknowledge(1);
        Assert.Equal(1, await read.InTime());

        queue.Acknowledge(DownQueue.Window);
        Assert.Equal("\n", await ReadAsync(queue));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(int.MinValue)]
    public async Task Acknowledging_nothing_opens_nothing(int bytes)
    {
        using var queue = new DownQueue();
        await SendAsync(queue, Line(DownQueue.Window));
        await queue.ReadExactlyAsync(new byte[DownQueue.Window]);
        await SendAsync(queue, "z\n");
        var read = queue.ReadAsync(new byte[10]);
        queue.Acknowledge(bytes);

        Assert.False(read.IsCompleted);
    }

    [Fact]
    public async Task A_page_that_acknowledges_more_than_it_got_gets_the_window_and_no_more()
    {
        using var queue = new DownQueue();
        queue.Acknowledge(int.MaxValue);
        await SendAsync(queue, Line(2 * DownQueue.Window));

        Assert.Equal(DownQueue.Window, await queue.ReadAsync(new byte[2 * DownQueue.Window]));
    }

    [Fact]
    public async Task A_line_larger_than_the_capacity_passes_when_nothing_else_waits()
    {
        using var queue = new DownQueue();
        await SendAsync(queue, Line(5 * Capacity));
        var next = SendAsync(queue, "z\n");
        Assert.False(next.IsCompleted);

        var text = await ReadAllAsync(queue, (5 * Capacity) + 2);
        await next.InTime();
        Assert.Equal(Line(5 * Capacity) + "z\n", text);
    }

    [Fact]
    public async Task Senders_beyond_the_capacity_wait_and_are_taken_in_their_order()
    {
        using var queue = new DownQueue();
        await SendAsync(queue, Line(Capacity));
        var waiting = Enumerable.Range(0, 100).Select(i => SendAsync(queue, $"{i}\n")).ToArray();
        Assert.All(waiting, static sender => Assert.False(sender.IsCompleted));
        Assert.Equal(1, queue.LinesTaken);

        var text = await ReadAllAsync(queue, Capacity + waiting.Select(static (_, i) => $"{i}\n".Length).Sum());
        await Task.WhenAll(waiting).InTime();
        Assert.Equal(string.Concat(Enumerable.Range(0, 100).Select(static i => $"{i}\n")), text[Capacity..]);
        Assert.Equal(101, queue.LinesTaken);
    }

    [Fact]
    public async Task A_small_line_does_not_overtake_a_large_one_that_waits()
    {
        using var queue = new DownQueue();
        await SendAsync(queue, Line(100));
        var large = SendAsync(queue, Line(Capacity));
        var small = SendAsync(queue, "z\n");
        Assert.False(small.IsCompleted);

        Assert.EndsWith("z\n", await ReadAllAsync(queue, 100 + Capacity + 2), StringComparison.Ordinal);
        await Task.WhenAll(large, small).InTime();
    }

    [Fact]
    public async Task A_sender_that_gives_up_while_it_waits_has_sent_nothing()
    {
        using var queue = new DownQueue();
        using var cancellation = new CancellationTokenSource();
        await SendAsync(queue, Line(Capacity));
        var given = queue.EnqueueAsync("given up\n"u8, cancellation.Token).AsTask();
        var kept = SendAsync(queue, "kept\n");
        await cancellation.CancelAsync();
        Assert.Equal(cancellation.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.InTime())).CancellationToken);

        Assert.Equal("kept\n", (await ReadAllAsync(queue, Capacity + 5))[Capacity..]);
        await kept.InTime();
        Assert.Equal(2, queue.LinesTaken);
    }

    [Fact]
    public async Task Too_many_senders_that_nobody_awaits_are_refused()
    {
        using var queue = new DownQueue();
        await SendAsync(queue, Line(Capacity));
        var waiting = Enumerable.Range(0, 1_024).Select(_ => SendAsync(queue, "a\n")).ToArray();

        var exception = await Assert.ThrowsAsync<IpcException>(() => SendAsync(queue, "a\n"));
        Assert.Equal(IpcErrorCode.Busy, exception.Code);
        await ReadAllAsync(queue, Capacity + 2_048);
        await Task.WhenAll(waiting).InTime();
        await SendAsync(queue, "a\n").InTime();
    }

    [Fact]
    public async Task Senders_that_gave_up_do_not_make_the_queue_busy()
    {
        using var queue = new DownQueue();
        await SendAsync(queue, Line(Capacity));
        for (var i = 0; i < 3_000; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var sender = queue.EnqueueAsync("a\n"u8, cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender);
        }

        var last = SendAsync(queue, "z\n");
        Assert.Equal("z\n", (await ReadAllAsync(queue, Capacity + 2))[Capacity..]);
        await last.InTime();
    }

    // The peer bounds its answers by the calls in flight: an answer that is refused here would leave its caller waiting.
    [Fact]
    public async Task An_answer_is_never_refused_as_one_too_many()
    {
        using var queue = new DownQueue();
        await SendAsync(queue, Line(Capacity));
        var events = Enumerable.Range(0, 1_024).Select(_ => SendAsync(queue, "e\n")).ToArray();
        var answers = Enumerable.Range(0, 3_000).Select(_ => queue.EnqueueAnswerAsync("a\n"u8, CancellationToken.None).AsTask()).ToArray();

        await ReadAllAsync(queue, Capacity + 2_048 + 6_000);
        await Task.WhenAll([.. events, .. answers]).InTime();
    }

    [Fact]
    public async Task Completing_ends_the_reader_and_tells_every_sender()
    {
        using var queue = new DownQueue();
        await SendAsync(queue, Line(Capacity));
        var waiting = Enumerable.Range(0, 10).Select(_ => SendAsync(queue, "a\n")).ToArray();
        queue.Complete();
        queue.Complete();

        foreach (var sender in waiting)
        {
            Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => sender.InTime())).Code);
        }

        Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => SendAsync(queue, "a\n"))).Code);
        Assert.Equal(0, await queue.ReadAsync(new byte[10]));
    }

    [Fact]
    public async Task Completing_wakes_a_reader_that_waits()
    {
        using var queue = new DownQueue();
        var read = queue.ReadAsync(new byte[10]).AsTask();
        queue.Complete();

        Assert.Equal(0, await read.InTime());
    }

    [Fact]
    public async Task Every_line_of_many_producers_arrives_whole_and_in_the_order_of_its_producer()
    {
        const int Producers = 8;
        const int Lines = 4_000;

        using var queue = new DownQueue();
        var producing = Enumerable.Range(0, Producers).Select(producer => Task.Run(async () =>
        {
            var random = new Random(producer);
            for (var i = 0; i < Lines; i++)
            {
                await SendAsync(queue, $"{producer} {i} {new string('x', random.Next(i % 500 == 0 ? 400_000 : 300))}\n");
            }
        })).ToArray();
        var finished = Task.WhenAll(producing).ContinueWith(_ => SendAsync(queue, "end\n"), TaskScheduler.Default);

        var next = new int[Producers];
        var rest = new StringBuilder();
        var buffer = new byte[100_000];
        var random = new Random(1);
        var lines = 0;
        var ended = false;
        while (!ended)
        {
            var count = await queue.ReadAsync(buffer.AsMemory(0, random.Next(1, buffer.Length))).AsTask().InTime();
            Assert.NotEqual(0, count);
            queue.Acknowledge(count);
            rest.Append(Encoding.ASCII.GetString(buffer, 0, count));
            var text = rest.ToString();
            var end = text.LastIndexOf('\n');
            if (end < 0)
            {
                continue;
            }

            rest.Clear().Append(text.AsSpan(end + 1));
            foreach (var line in text[..end].Split('\n'))
            {
                lines++;
                if (line == "end")
                {
                    ended = true;
                    continue;
                }

                var parts = line.Split(' ');
                var producer = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal($"{next[producer]++}", parts[1]);
                Assert.DoesNotContain(parts[2], static c => c != 'x');
            }
        }

        await finished.InTime();
        Assert.All(next, static count => Assert.Equal(Lines, count));
        Assert.Equal(lines, queue.LinesTaken);
    }

    [Fact]
    public async Task Completing_while_many_send_and_one_reads_ends_them_all()
    {
        for (var round = 0; round < 200; round++)
        {
            using var queue = new DownQueue();
            var producing = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                for (; ; )
                {
                    await SendAsync(queue, Line(10_000));
                }
            })).ToArray();
            var reading = Task.Run(async () =>
            {
                var buffer = new byte[7_000];
                int count;
                while ((count = await queue.ReadAsync(buffer)) > 0)
                {
                    queue.Acknowledge(count);
                }
            });
            await Soon.UntilAsync(() => queue.LinesTaken > 20);
            queue.Complete();

            await reading.InTime();
            foreach (var producer in producing)
            {
                Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => producer.InTime())).Code);
            }
        }
    }

    // Asynchronous, so that what is refused is a failed task too.
    private static async Task SendAsync(DownQueue queue, string line) => await queue.EnqueueAsync(Encoding.UTF8.GetBytes(line), CancellationToken.None).AsTask().InTime();

    private static string Line(int length) => new string('x', length - 1) + "\n";

    private static async Task<string> ReadAsync(DownQueue queue)
    {
        var buffer = new byte[1_000];
        var count = await queue.ReadAsync(buffer).AsTask().InTime();
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    private static async Task<string> ReadAllAsync(DownQueue queue, int length)
    {
        var text = new byte[length];
        for (var at = 0; at < length;)
        {
            var count = await queue.ReadAsync(text.AsMemory(at)).AsTask().InTime();
            queue.Acknowledge(count);
            at += count;
        }

        return Encoding.UTF8.GetString(text);
    }
}
