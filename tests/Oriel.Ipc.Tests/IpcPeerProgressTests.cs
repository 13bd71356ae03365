using System.Buffers;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

public sealed class IpcPeerProgressTests
{
    [Fact]
    public async Task Reports_arrive_in_order_and_the_answer_behind_them()
    {
        await using var raw = new RawPeer(static _ => new IpcRoute(static call =>
        {
            var progress = Progress(call);
            for (var i = 0; i < 5; i++)
            {
                progress.Report(i);
            }

            call.Result.Write("\"done\""u8);
            return ValueTask.CompletedTask;
        }));
        await raw.SendAsync(IpcMessage.Request(new IpcId(1), "work", default, 8));

        Assert.Equal(["Next 0", "Next 1", "Next 2", "Next 3", "Next 4", "Response \"done\""], await ReceiveAsync(raw, 6));
    }

    [Fact]
    public async Task While_the_caller_is_behind_only_the_newest_report_is_kept()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reported = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var raw = new RawPeer(_ => new IpcRoute(async call =>
        {
            var progress = Progress(call);
            for (var i = 0; i < 100; i++)
            {
                progress.Report(i);
            }

            reported.SetResult();
            await end.Task;
        }));
        await raw.SendAsync(IpcMessage.Request(new IpcId(1), "work", default, 2));
        await reported.Task.InTime();
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Credit, Id = new IpcId(1), Data = Utf8("5") });
        Assert.Equal(["Next 0", "Next 1", "Next 99"], await ReceiveAsync(raw, 3));
        end.SetResult();

        Assert.Equal(["Response "], await ReceiveAsync(raw, 1));
    }

    [Fact]
    public async Task The_newest_report_is_sent_with_the_end_of_the_command_however_far_the_caller_is_behind()
    {
        await using var raw = new RawPeer(static _ => new IpcRoute(static call =>
        {
            var progress = Progress(call);
            for (var i = 0; i < 100; i++)
            {
                progress.Report(i);
            }

            call.Result.Write("\"done\""u8);
            return ValueTask.CompletedTask;
        }));
        await raw.SendAsync(IpcMessage.Request(new IpcId(1), "work", default, 2));

        Assert.Equal(["Next 0", "Next 1", "Next 99", "Response \"done\""], await ReceiveAsync(raw, 4));
    }

    [Fact]
    public async Task The_last_report_of_a_peer_may_come_beyond_the_credit()
    {
        await using var raw = new RawPeer();
        List<string> items = [];
        var reading = ReadAsync(raw.Peer, items, credit: 2);
        var id = (await raw.ReceiveAsync()).Id;
        foreach (var item in (string[])["1", "2", "99"])
        {
            await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = id, Data = Utf8(item) });
        }

        await raw.SendAsync(IpcMessage.Response(id, Utf8("\"done\"")));
        await reading.InTime();

        Assert.Equal(["1", "2", "99", "\"done\""], items);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_when_nobody_waits_for_it_fails_the_call()
    {
        await using var raw = new RawPeer(static _ => new IpcRoute(static call =>
        {
            var progress = new ProgressSender<int>(call, static (output, value) => output.Write(value < 2 ? Utf8($"{value}") : throw new FormatException("no number")));
            call.ReportBy(progress);
            for (var i = 0; i < 4; i++)
            {
                progress.Report(i);
            }

            return ValueTask.CompletedTask;
        }));
        await raw.SendAsync(IpcMessage.Request(new IpcId(1), "work", default, 2));
        Assert.Equal(["Next 0", "Next 1"], await ReceiveAsync(raw, 2));
        var answer = await raw.ReceiveAsync();

        Assert.Equal("no number", answer.Error?.Message);
    }

    [Fact]
    public async Task A_report_that_fails_when_there_is_credit_again_fails_the_call()
    {
        var tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var raw = new RawPeer(_ => new IpcRoute(async call =>
        {
            var progress = new ProgressSender<int>(call, (output, value) =>
            {
                if (value == 1)
                {
                    tried.SetResult();
                    throw new FormatException("no number");
                }

                output.Write(Utf8($"{value}"));
            });
            call.ReportBy(progress);
            progress.Report(0);
            progress.Report(1);
            await tried.Task;
        }));
        await raw.SendAsync(IpcMessage.Request(new IpcId(1), "work", default, 1));
        Assert.Equal(["Next 0"], await ReceiveAsync(raw, 1));
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Credit, Id = new IpcId(1), Data = Utf8("1") });
        var answer = await raw.ReceiveAsync();

        Assert.Equal("no number", answer.Error?.Message);
    }

    [Fact]
    public async Task What_is_reported_without_credit_delays_no_answer()
    {
        await using var raw = new RawPeer(static _ => new IpcRoute(static call =>
        {
            Progress(call).Report(1);
            return ValueTask.CompletedTask;
        }));
        await raw.SendAsync(IpcMessage.Request(new IpcId(1), "work", default));

        Assert.Equal(["Response "], await ReceiveAsync(raw, 1));
    }

    [Fact]
    public async Task Nothing_is_reported_behind_the_answer()
    {
        ProgressSender<int>? progress = null;
        await using var raw = new RawPeer(_ => new IpcRoute(call =>
        {
            progress = Progress(call);
            return ValueTask.CompletedTask;
        }));
        await raw.SendAsync(IpcMessage.Request(new IpcId(1), "work", default, 8));
        Assert.Equal(["Response "], await ReceiveAsync(raw, 1));
        progress!.Report(1);
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Ping });

        Assert.Equal(["Pong "], await ReceiveAsync(raw, 1));
    }

    // Reports of other threads than the command's own.
    [Fact]
    public async Task The_answer_is_the_last_word_however_the_reports_race_with_it()
    {
        await using var raw = new RawPeer(static _ => new IpcRoute(static async call =>
        {
            var progress = Progress(call);
            var reporters = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                for (var i = 0; i < 50; i++)
                {
                    progress.Report(i);
                }
            })).ToArray();
            await Task.WhenAny(reporters);
        }));

        for (var round = 1; round <= 300; round++)
        {
            await raw.SendAsync(IpcMessage.Request(new IpcId(round), "work", default, IpcPeer.MaxCredit));
            IpcMessage message;
            do
            {
                message = await raw.ReceiveAsync();
                Assert.Equal(new IpcId(round), message.Id);
            }
            while (message.Kind == IpcMessageKind.Next);

            Assert.Equal(IpcMessageKind.Response, message.Kind);
        }
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_its_reporter_s_error()
    {
        await using var peers = new Peers();
        peers.Handlers["work"] = static call =>
        {
            var progress = new ProgressSender<int>(call, static (_, _) => throw new FormatException("no number"));
            call.ReportBy(progress);
            Assert.Throws<FormatException>(() => progress.Report(1));
            Assert.Throws<InvalidOperationException>(() => progress.Report(2));
            call.Result.Write("1"u8);
            return ValueTask.CompletedTask;
        };

        Assert.Equal(["1"], await ReadAsync(peers).InTime());
    }

    [Fact]
    public async Task A_call_has_one_reporter()
    {
        await using var peers = new Peers();
        peers.Handlers["work"] = static call =>
        {
            Progress(call);
            Assert.Throws<InvalidOperationException>(() => Progress(call));
            call.Result.Write("1"u8);
            return ValueTask.CompletedTask;
        };

        Assert.Equal(["1"], await ReadAsync(peers).InTime());
    }

    [Fact]
    public async Task Progress_is_the_items_of_a_stream_and_the_answer_its_last()
    {
        await using var peers = new Peers();
        peers.Handlers["work"] = Work;

        Assert.Equal(["1", "2", "\"done\""], await ReadAsync(peers).InTime());
    }

    [Fact]
    public async Task Who_passes_a_call_on_knows_progress_from_the_answer()
    {
        await using var peers = new Peers();
        peers.Handlers["work"] = Work;
        peers.Handlers["stream"] = static call => call.SendItemAsync("1"u8.ToArray());
        List<string> items = [];
        ValueTask Add(IpcPayload item)
        {
            items.Add(Text(item));
            return ValueTask.CompletedTask;
        }

        var answer = await peers.Client.RequestItemsAsync("work", default, Add, default).AsTask().InTime();
        var none = await peers.Client.RequestItemsAsync("stream", default, Add, default).AsTask().InTime();

        Assert.Equal(["1", "2", "1"], items);
        Assert.Equal("\"done\"", Text(answer!.Value));
        Assert.Null(none);
    }

    private static ValueTask Work(IpcCall call)
    {
        var progress = Progress(call);
        progress.Report(1);
        progress.Report(2);
        call.Result.Write("\"done\""u8);
        return ValueTask.CompletedTask;
    }

    private static ProgressSender<int> Progress(IpcCall call)
    {
        var progress = new ProgressSender<int>(call, static (output, value) => output.Write(Utf8($"{value}")));
        call.ReportBy(progress);
        return progress;
    }

    private static async Task<List<string>> ReceiveAsync(RawPeer raw, int count)
    {
        List<string> received = [];
        while (received.Count < count)
        {
            var message = await raw.ReceiveAsync();
            received.Add($"{message.Kind} {Text(message.Payload)}");
        }

        return received;
    }

    private static async Task<List<string>> ReadAsync(Peers peers)
    {
        List<string> items = [];
        await ReadAsync(peers.Client, items, credit: 32);
        return items;
    }

    private static async Task ReadAsync(IpcPeer peer, List<string> items, int credit)
    {
        await foreach (var item in peer.RequestStreamAsync("work", default, credit))
        {
            items.Add(Text(item));
        }
    }
}
