using System.Threading.Channels;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>Streams among the arguments of a call, from a caller that does what it likes.</summary>
public sealed class ArgumentStreamTests
{
    private static readonly IpcId Call = new(1);
    private static readonly IpcId Values = new(2);

    private readonly TaskCompletionSource<ArgumentStream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Nothing_may_be_sent_before_the_first_read()
    {
        await using var raw = new RawPeer(Open);
        await raw.SendAsync(IpcMessage.Request(Call, "open", default));
        var stream = await _opened.Task.InTime();
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Ping });
        Assert.Equal(IpcMessageKind.Pong, (await raw.ReceiveAsync()).Kind);
        var read = stream.ReadAsync().AsTask();

        Assert.InRange(await ReceiveCreditAsync(raw), 1, ArgumentStream.FirstCredit);
        await SendValueAsync(raw, 7);
        Assert.Equal("7", Text(await read.InTime()));
    }

    [Theory]
    [InlineData(10_000, 10, IpcPeer.MaxCredit)]
    [InlineData(200, 100_000, 4)]
    public async Task A_caller_that_keeps_to_its_credit_is_read_to_the_end(int count, int size, int mostAhead)
    {
        await using var raw = new RawPeer(Open);
        await raw.SendAsync(IpcMessage.Request(Call, "open", default));
        var stream = await _opened.Task.InTime();
        var read = 0;
        var reading = Task.Run(async () =>
        {
            await foreach (var value in stream.ReadAllAsync())
            {
                Assert.Equal(Value(read, size), Text(value));
                Interlocked.Increment(ref read);
            }
        });

        var sent = 0;
        while (sent < count)
        {
            for (var credit = await ReceiveCreditAsync(raw); credit > 0 && sent < count; credit--)
            {
                Assert.InRange(sent - Volatile.Read(ref read), 0, mostAhead);
                await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = Values, Data = Utf8(Value(sent++, size)) });
            }
        }

        await SendDoneAsync(raw);
        await reading.InTime();
        Assert.Equal(count, read);
        Assert.Equal(0, raw.Peer.StreamsOpen);
    }

    [Fact]
    public async Task A_stream_that_is_named_like_a_request_of_ours_is_refused_and_takes_none_of_its_items()
    {
        IpcId own = default;
        await using var raw = new RawPeer(_ => new IpcRoute(call =>
        {
            call.OpenStream(own);
            return ValueTask.CompletedTask;
        }));
        List<string> items = [];
        var reading = Task.Run(async () =>
        {
            await foreach (var item in raw.Peer.RequestStreamAsync("count", default))
            {
                items.Add(Text(item));
            }
        });
        own = (await raw.ReceiveAsync()).Id;
        await raw.SendAsync(IpcMessage.Request(Call, "open", default));
        var refusal = await raw.ReceiveAsync();
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = own, Data = Utf8("7") });
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Done, Id = own });
        await reading.InTime();

        Assert.Equal(((int)IpcErrorCode.InvalidParams, 0), (refusal.Error!.Code, raw.Peer.StreamsOpen));
        Assert.Equal(["7"], items);
    }

    [Fact]
    public async Task A_request_of_ours_gets_no_id_that_the_caller_has_for_a_stream()
    {
        await using var other = new RawPeer();
        var first = other.Peer.RequestAsync("x", default).AsTask();
        var next = (await other.ReceiveAsync()).Id;

        await using var raw = new RawPeer(_ => new IpcRoute(async call =>
        {
            _opened.TrySetResult(call.OpenStream(next));
            await _end.Task;
        }));
        await raw.SendAsync(IpcMessage.Request(Call, "open", default));
        var reading = ReadAllAsync(await _opened.Task.InTime());
        await ReceiveUntilAsync(raw, IpcMessageKind.Credit, next);
        var answer = raw.Peer.RequestAsync("x", default).AsTask();
        var request = await raw.ReceiveAsync();
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Done, Id = next });
        await raw.SendAsync(IpcMessage.Response(request.Id, Utf8("7")));

        Assert.Equal("7", Text(await answer.InTime()));
        await reading.InTime();
        Assert.NotEqual(next, request.Id);
        _end.SetResult();
        await other.SendAsync(IpcMessage.Response(next, default));
        await first.InTime();
    }

    [Fact]
    public async Task A_value_beyond_the_credit_ends_the_stream_and_the_caller_is_told()
    {
        await using var raw = new RawPeer(Open);
        var stream = await BeginAsync(raw);
        var credit = await ReceiveCreditAsync(raw);
        for (var i = 0; i < credit + 20; i++)
        {
            await SendValueAsync(raw, i);
        }

        var error = await Assert.ThrowsAsync<IpcException>(() => ReadAllAsync(stream).InTime());
        Assert.Equal(IpcErrorCode.InvalidRequest, error.Code);
        Assert.Equal(0, raw.Peer.StreamsOpen);
        await ReceiveUntilAsync(raw, IpcMessageKind.Cancel, Values);
    }

    [Fact]
    public async Task What_belongs_to_no_stream_is_ignored()
    {
        await using var raw = new RawPeer(Open);
        var stream = await BeginAsync(raw);
        foreach (var id in new[] { new IpcId(99), Call, new IpcId("x"), new IpcId(65_536) })
        {
            await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = id, Data = Utf8("666") });
            await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Done, Id = id });
        }

        await SendValueAsync(raw, 1);
        await SendDoneAsync(raw);

        Assert.Equal(["1"], await ReadAllAsync(stream).InTime());
    }

    [Fact]
    public async Task What_follows_the_end_of_a_stream_is_ignored()
    {
        await using var raw = new RawPeer(Open);
        var stream = await BeginAsync(raw);
        await SendValueAsync(raw, 1);
        await SendDoneAsync(raw);
        await SendDoneAsync(raw, new IpcError(5, "late"));
        await SendValueAsync(raw, 2);

        Assert.Equal(["1"], await ReadAllAsync(stream).InTime());
    }

    [Fact]
    public async Task A_stream_that_fails_throws_behind_its_values()
    {
        await using var raw = new RawPeer(Open);
        var stream = await BeginAsync(raw);
        await SendValueAsync(raw, 1);
        await SendDoneAsync(raw, new IpcError(5, "broken"));
        Assert.Equal("1", Text(await stream.ReadAsync().AsTask().InTime()));

        var error = await Assert.ThrowsAsync<IpcException>(() => stream.WaitToReadAsync().AsTask().InTime());
        Assert.Equal((5, "broken"), (error.Error.Code, error.Message));
    }

    [Fact]
    public async Task A_stream_that_is_not_read_to_its_end_tells_the_caller_to_stop()
    {
        await using var raw = new RawPeer(_ => new IpcRoute(async call =>
        {
            var stream = call.OpenStream(Values);
            await stream.ReadAsync();
            call.CloseStream(stream);
            _opened.SetResult(stream);
            await _end.Task;
        }));
        await raw.SendAsync(IpcMessage.Request(Call, "open", default));
        await ReceiveCreditAsync(raw);
        await SendValueAsync(raw, 1);
        await ReceiveUntilAsync(raw, IpcMessageKind.Cancel, Values);
        await SendValueAsync(raw, 2);

        Assert.Equal(0, raw.Peer.StreamsOpen);
        await Assert.ThrowsAnyAsync<Exception>(async () => await (await _opened.Task).WaitToReadAsync());
    }

    [Fact]
    public async Task A_stream_ends_with_its_call()
    {
        await using var raw = new RawPeer(Open);
        var stream = await BeginAsync(raw);
        await ReceiveCreditAsync(raw);
        await SendValueAsync(raw, 1);
        _end.SetResult();

        // The caller knows that its call has ended: nothing is said of the stream.
        Assert.Equal(IpcMessageKind.Response, (await raw.ReceiveAsync()).Kind);
        Assert.Equal(0, raw.Peer.StreamsOpen);
        await Assert.ThrowsAsync<IpcException>(() => ReadAllAsync(stream).InTime());
    }

    [Fact]
    public async Task Cancelling_the_call_ends_a_read_that_waits()
    {
        await using var raw = new RawPeer(Open);
        var stream = await BeginAsync(raw);
        var reading = ReadAllAsync(stream);
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Cancel, Id = Call });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.InTime());
        Assert.Equal(0, raw.Peer.StreamsOpen);
    }

    [Fact]
    public async Task The_end_of_the_caller_ends_a_read_that_waits()
    {
        await using var raw = new RawPeer(Open);
        var stream = await BeginAsync(raw);
        var reading = ReadAllAsync(stream);
        raw.Shutdown();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.InTime());
        Assert.Equal(0, raw.Peer.StreamsOpen);
    }

    [Fact]
    public async Task More_streams_than_the_limit_are_refused()
    {
        await using var raw = new RawPeer(
            static _ => new IpcRoute(static call =>
            {
                call.OpenStream(new IpcId(10));
                call.OpenStream(new IpcId(11));
                call.OpenStream(new IpcId(12));
                return ValueTask.CompletedTask;
            }),
            new IpcPeerOptions { Limits = new IpcLimits { MaxStreams = 2 } });
        await raw.SendAsync(IpcMessage.Request(Call, "open", default));

        Assert.Equal((int)IpcErrorCode.Busy, (await raw.ReceiveAsync()).Error!.Code);
        Assert.Equal(0, raw.Peer.StreamsOpen);
    }

    [Fact]
    public async Task A_stream_is_read_once()
    {
        await using var raw = new RawPeer(static _ => new IpcRoute(static call =>
        {
            call.OpenStream(Values);
            call.OpenStream(Values);
            return ValueTask.CompletedTask;
        }));
        await raw.SendAsync(IpcMessage.Request(Call, "open", default));

        Assert.Equal((int)IpcErrorCode.InvalidParams, (await raw.ReceiveAsync()).Error!.Code);
    }

    [Fact]
    public async Task Values_that_nobody_reads_are_bounded_by_their_bytes()
    {
        await using var raw = new RawPeer(Open, new IpcPeerOptions { Limits = new IpcLimits { MaxBytesInFlight = 1_000 } });
        var stream = await BeginAsync(raw);
        await ReceiveCreditAsync(raw);
        foreach (var size in new[] { 900, 900 })
        {
            await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = Values, Data = Utf8(Value(1, size)) });
        }

        await ReceiveUntilAsync(raw, IpcMessageKind.Cancel, Values);
        Assert.Equal(IpcErrorCode.Busy, (await Assert.ThrowsAsync<IpcException>(() => ReadAllAsync(stream).InTime())).Code);

        // What was read, and what was refused, is not counted any more: a large call finds room.
        await raw.SendAsync(IpcMessage.Request(new IpcId(3), "open", Utf8(Value(1, 900))));
        _end.SetResult();
        var answers = new[] { await raw.ReceiveAsync(), await raw.ReceiveAsync() };
        Assert.All(answers, static answer => Assert.Null(answer.Error));
    }

    private IpcRoute? Open(string method) => new IpcRoute(async call =>
    {
        _opened.TrySetResult(call.OpenStream(Values));
        await _end.Task;
    });

    /// <summary>Has a call begin to read.</summary>
    private async Task<ArgumentStream> BeginAsync(RawPeer raw)
    {
        await raw.SendAsync(IpcMessage.Request(Call, "open", default));
        var stream = await _opened.Task.InTime();
        _ = stream.TryRead(out _);
        return stream;
    }

    private static Task SendValueAsync(RawPeer raw, int value) => raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = Values, Data = Utf8($"{value}") });

    private static Task SendDoneAsync(RawPeer raw, IpcError? error = null) => raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Done, Id = Values, Error = error });

    private static async Task<int> ReceiveCreditAsync(RawPeer raw)
    {
        var message = await raw.ReceiveAsync();
        Assert.Equal((IpcMessageKind.Credit, Values), (message.Kind, message.Id));
        return int.Parse(Text(message.Payload), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task ReceiveUntilAsync(RawPeer raw, IpcMessageKind kind, IpcId id)
    {
        IpcMessage message;
        do
        {
            message = await raw.ReceiveAsync();
        }
        while (message.Kind != kind);

        Assert.Equal(id, message.Id);
    }

    private static async Task<List<string>> ReadAllAsync(ChannelReader<IpcPayload> stream)
    {
        List<string> values = [];
        while (await stream.WaitToReadAsync())
        {
            while (stream.TryRead(out var value))
            {
                values.Add(Text(value));
            }
        }

        return values;
    }

    private static string Value(int index, int size) => $"\"{index}{new string('x', size)}\"";
}
