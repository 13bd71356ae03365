using System.Buffers;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

public sealed class IpcPeerStreamTests
{
    [Fact]
    public async Task Items_arrive_in_order_and_the_stream_ends()
    {
        await using var peers = new Peers();
        peers.Handlers["numbers"] = static async call =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                await call.SendItemAsync(Utf8($"{i}"));
            }
        };

        Assert.Equal(Enumerable.Range(0, 1_000).Select(static i => $"{i}"), await ReadAsync(peers, "numbers").InTime());
        await Soon.UntilAsync(() => peers.Server.RequestsInFlight == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(IpcPeer.MaxCredit)]
    public async Task The_producer_is_never_further_ahead_than_its_credit(int credit)
    {
        await using var peers = new Peers();
        var sent = 0;
        peers.Handlers["numbers"] = async call =>
        {
            for (var i = 0; i < 3_000; i++)
            {
                await call.SendItemAsync(Utf8($"{i}"));
                Interlocked.Increment(ref sent);
            }
        };
        var read = 0;
        await foreach (var item in peers.Client.RequestStreamAsync("numbers", default, credit))
        {
            Assert.Equal($"{read++}", Text(item));
            Assert.InRange(Volatile.Read(ref sent), 0, read + credit);
        }

        Assert.Equal(3_000, read);
    }

    [Fact]
    public async Task A_producer_stops_while_its_reader_does_and_goes_on_with_it()
    {
        await using var peers = new Peers();
        var sent = 0;
        peers.Handlers["numbers"] = async call =>
        {
            for (var i = 0; i < 20; i++)
            {
                await call.SendItemAsync(Utf8($"{i}"));
                Interlocked.Increment(ref sent);
            }
        };
        await using var items = peers.Client.RequestStreamAsync("numbers", default, 4).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync().AsTask().InTime());
        await Soon.UntilAsync(() => Volatile.Read(ref sent) == 4);
        await Assert.ThrowsAsync<IpcException>(() => peers.CallAsync("nope").InTime());
        Assert.Equal(4, Volatile.Read(ref sent));

        while (await items.MoveNextAsync().AsTask().InTime())
        {
        }

        Assert.Equal(20, Volatile.Read(ref sent));
    }

    [Fact]
    public async Task Leaving_a_stream_cancels_its_producer()
    {
        await using var peers = new Peers();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peers.Handlers["endless"] = async call =>
        {
            try
            {
                for (; ; )
                {
                    await call.SendItemAsync("1"u8.ToArray());
                }
            }
            catch (OperationCanceledException)
            {
                cancelled.SetResult();
                throw;
            }
        };
        await foreach (var _ in peers.Client.RequestStreamAsync("endless", default))
        {
            break;
        }

        await cancelled.Task.InTime();
        await Soon.UntilAsync(() => peers.Server.RequestsInFlight == 0);
        Assert.Equal(0, peers.Client.AnswersAwaited);
    }

    [Fact]
    public async Task A_stream_that_fails_throws_after_its_items()
    {
        await using var peers = new Peers();
        peers.Handlers["fails"] = static async call =>
        {
            await call.SendItemAsync("1"u8.ToArray());
            throw new FormatException("broken");
        };
        var read = 0;
        var exception = await Assert.ThrowsAsync<IpcException>(async () =>
        {
            await foreach (var _ in peers.Client.RequestStreamAsync("fails", default))
            {
                read++;
            }
        });

        Assert.Equal((1, "broken"), (read, exception.Message));
    }

    [Fact]
    public async Task A_single_answer_is_a_stream_of_one_item()
    {
        await using var peers = new Peers();
        peers.Handlers["one"] = static call =>
        {
            call.Result.Write("1"u8);
            return ValueTask.CompletedTask;
        };

        Assert.Equal(["1"], await ReadAsync(peers, "one").InTime());
    }

    [Fact]
    public async Task A_stream_that_is_called_as_a_single_answer_says_how_to_call_it()
    {
        await using var peers = new Peers();
        peers.Handlers["numbers"] = static call => call.SendItemAsync("1"u8.ToArray());
        var exception = await Assert.ThrowsAsync<IpcException>(() => peers.CallAsync("numbers").InTime());

        Assert.Equal(IpcErrorCode.InvalidRequest, exception.Code);
    }

    [Fact]
    public async Task A_producer_that_sends_more_than_it_may_is_cancelled_and_the_reader_told()
    {
        await using var raw = new RawPeer();
        await using var items = raw.Peer.RequestStreamAsync("flood", default, 2).GetAsyncEnumerator();
        var first = items.MoveNextAsync().AsTask();
        var request = await raw.ReceiveAsync();
        Assert.Equal(2, request.Credit);
        for (var i = 0; i < 10; i++)
        {
            await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = request.Id, Data = Utf8($"{i}") });
        }

        Assert.Equal(IpcMessageKind.Cancel, (await raw.ReceiveAsync()).Kind);
        Assert.True(await first.InTime());
        var exception = await Assert.ThrowsAsync<IpcException>(async () =>
        {
            while (await items.MoveNextAsync().AsTask().InTime())
            {
            }
        });
        Assert.Equal(IpcErrorCode.InvalidRequest, exception.Code);
    }

    [Fact]
    public async Task Items_in_answer_to_a_call_fail_it()
    {
        await using var raw = new RawPeer();
        var call = raw.Peer.RequestAsync("one", default).AsTask();
        var request = await raw.ReceiveAsync();
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = request.Id, Data = Utf8("1") });

        Assert.Equal(IpcErrorCode.InvalidRequest, (await Assert.ThrowsAsync<IpcException>(() => call.InTime())).Code);
        Assert.Equal(IpcMessageKind.Cancel, (await raw.ReceiveAsync()).Kind);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("2000000000")]
    [InlineData("99999999999999999999")]
    [InlineData("1.5")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Credit_that_is_none_gives_none(string credit)
    {
        var sent = 0;
        await using var raw = new RawPeer(_ => new IpcRoute(async call =>
        {
            for (; ; Interlocked.Increment(ref sent))
            {
                await call.SendItemAsync("1"u8.ToArray());
            }
        }));
        await raw.SendAsync(IpcMessage.Request(new IpcId(1), "endless", default, 1));
        Assert.Equal(IpcMessageKind.Next, (await raw.ReceiveAsync()).Kind);
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Credit, Id = new IpcId(1), Data = Utf8(credit) });
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Ping });

        Assert.Equal(IpcMessageKind.Pong, (await raw.ReceiveAsync()).Kind);
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Credit, Id = new IpcId(1), Data = Utf8("1") });
        Assert.Equal(IpcMessageKind.Next, (await raw.ReceiveAsync()).Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(IpcPeer.MaxCredit + 1)]
    public async Task Credit_out_of_range_is_refused(int credit)
    {
        await using var peers = new Peers();
        await using var items = peers.Client.RequestStreamAsync("a", default, credit).GetAsyncEnumerator();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => items.MoveNextAsync().AsTask());
    }

    private static async Task<List<string>> ReadAsync(Peers peers, string method)
    {
        var items = new List<string>();
        await foreach (var item in peers.Client.RequestStreamAsync(method, default))
        {
            items.Add(Text(item));
        }

        return items;
    }
}
