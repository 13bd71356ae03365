using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.Versioning;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>What bad input does to the connection that it comes over, and to no other.</summary>
[Collection(CountedResources.Name)]
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
public sealed class BadInputTests
{
    private const string Good = """{"type":"request","id":"99","method":"echo","data":"still here"}""" + "\n";

    [Fact]
    public async Task Half_a_line_and_an_end_is_a_named_error()
    {
        await using var victim = new Victim();
        using var attacker = victim.Attack();
        var peer = await victim.PeerAsync();

        attacker.Send("""{"type":"request","id":"1","meth""");
        attacker.Socket.Shutdown(SocketShutdown.Send);
        await peer.Channel.Closed.InTime();

        await victim.AssertServesOthersAsync();
        Assert.Equal((int)IpcErrorCode.Disconnected, peer.Channel.Error?.Code);
    }

    [Fact]
    public async Task A_whole_line_and_an_end_is_no_error()
    {
        await using var victim = new Victim();
        using var attacker = victim.Attack();
        var peer = await victim.PeerAsync();

        attacker.Send("{\"type\":\"ping\"}\n");
        attacker.Socket.Shutdown(SocketShutdown.Send);
        await peer.Channel.Closed.InTime();

        Assert.Null(peer.Channel.Error);
    }

    [Fact]
    public async Task A_line_of_a_gigabyte_is_refused_and_never_held()
    {
        const int Limit = 4 * 1024 * 1024;
        await using var victim = new Victim(new LocalSocketOptions { Limits = new IpcLimits { MaxMessageBytes = Limit } });
        using var attacker = victim.Attack();
        var peer = await victim.PeerAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var chunk = new byte[1024 * 1024];
        chunk.AsSpan().Fill((byte)'x');

        Assert.True(attacker.TrySend("""{"type":"request","id":"7","method":"echo","data":" """u8));
        var sent = 0;
        while (sent < 1024 && attacker.TrySend(chunk))
        {
            sent++;
        }

        var answer = attacker.ReadLine();
        await peer.Channel.Closed.InTime();
        await victim.AssertServesOthersAsync();
        Assert.InRange(sent, Limit / chunk.Length - 1, 16);
        Assert.Contains("\"id\":\"7\",\"error\":{\"code\":-32005", answer, StringComparison.Ordinal);
        Assert.Equal((int)IpcErrorCode.PayloadTooLarge, peer.Channel.Error?.Code);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 16L * Limit);
    }

    public static TheoryData<string, byte[], int> Refusals() => new()
    {
        { "invalid UTF-8", [.. Utf8("""{"type":"event","event":"e","data":" """), 0xff, 0xc3, .. "\"}\n"u8], -32700 },
        { "an encoded surrogate", [.. Utf8("""{"type":"event","event":" """), 0xed, 0xa0, 0x80, .. "\"}\n"u8], -32700 },
        { "100,000 levels", Utf8($"{{\"type\":\"event\",\"event\":\"e\",\"data\":{new string('[', 100_000)}{new string(']', 100_000)}}}\n"), -32700 },
        { "100,000 levels that do not end", Utf8($"{new string('[', 100_000)}\n"), -32700 },
        { "no JSON", "hello\n"u8.ToArray(), -32700 },
        { "zeros", [0, 0, 0, (byte)'\n'], -32700 },
        { "two values", "{}{}\n"u8.ToArray(), -32700 },
        { "no message", "[1]\n"u8.ToArray(), -32600 },
        { "a member that stands twice", Utf8("""{"type":"event","event":"a","event":"b"}""" + "\n"), -32600 },
        { "a long id", Utf8($"{{\"type\":\"request\",\"id\":\"{new string('9', 129)}\",\"method\":\"echo\"}}\n"), -32600 },
        { "a long name", Utf8($"{{\"type\":\"event\",\"event\":\"{new string('n', 257)}\"}}\n"), -32600 },
        { "an unknown kind of frame", Frame(kind: 77, flags: 0, id: 3, []), -32600 },
        { "a kind that is never a frame", Frame(kind: (byte)IpcMessageKind.Ping, flags: 0, id: 3, []), -32600 },
        { "unknown flags", Frame(kind: (byte)IpcMessageKind.Response, flags: 0x80, id: 3, []), -32600 },
        { "a name beyond its frame", Frame(kind: (byte)IpcMessageKind.Event, flags: 1, id: 0, [0xff, 0x00, (byte)'e']), -32600 },
        { "half the length of a name", Frame(kind: (byte)IpcMessageKind.Event, flags: 1, id: 0, [1]), -32600 },
        { "an empty name", Frame(kind: (byte)IpcMessageKind.Request, flags: 1, id: 3, [0, 0]), -32600 },
        { "a name that is no UTF-8", Frame(kind: (byte)IpcMessageKind.Event, flags: 1, id: 0, [1, 0, 0xff]), -32600 },
        { "a request without a name", Frame(kind: (byte)IpcMessageKind.Request, flags: 0, id: 3, [1, 0, (byte)'e']), -32600 },
        { "an id beyond the numbers", Frame(kind: (byte)IpcMessageKind.Response, flags: 0, id: ulong.MaxValue, []), -32600 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_is_no_message_is_answered_and_the_connection_lives_on(string what, byte[] bytes, int code)
    {
        await using var victim = new Victim();
        using var attacker = victim.Attack();

        Assert.True(attacker.TrySend(bytes));
        var error = attacker.ReadLine();
        attacker.Send(Good);
        var answer = attacker.ReadLine();

        await victim.AssertServesOthersAsync();
        Assert.True(error?.Contains($"\"error\":{{\"code\":{code}", StringComparison.Ordinal), $"{what}: {error}");
        Assert.Equal("""{"type":"response","id":"99","data":"still here"}""", answer);
    }

    [Fact]
    public async Task Sixteen_of_them_end_the_connection_with_a_named_error()
    {
        await using var victim = new Victim();
        using var attacker = victim.Attack();
        var peer = await victim.PeerAsync();

        attacker.TrySend(Utf8(string.Concat(Enumerable.Repeat("rubbish\n", 40))));
        var answers = attacker.ReadToEnd();
        await peer.Channel.Closed.InTime();

        await victim.AssertServesOthersAsync();
        Assert.Equal(16, answers.Count);
        Assert.Equal((int)IpcErrorCode.ParseError, peer.Channel.Error?.Code);
    }

    [Fact]
    public async Task A_payload_in_shared_memory_that_is_not_there_ends_the_connection_with_a_named_error()
    {
        await using var victim = new Victim();
        using var attacker = victim.Attack();
        var peer = await victim.PeerAsync();

        attacker.TrySend(Frame((byte)IpcMessageKind.Response, 2, 3, new byte[16]));
        var answers = attacker.ReadToEnd();
        await peer.Channel.Closed.InTime();

        await victim.AssertServesOthersAsync();
        Assert.Contains("shared memory", Assert.Single(answers), StringComparison.Ordinal);
        Assert.Equal((int)IpcErrorCode.InvalidRequest, peer.Channel.Error?.Code);
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0x8000_0000)]
    [InlineData(65u * 1024 * 1024)]
    public async Task A_length_beyond_the_limit_ends_the_connection_at_once(uint length)
    {
        await using var victim = new Victim();
        using var attacker = victim.Attack();
        var peer = await victim.PeerAsync();
        var head = Frame((byte)IpcMessageKind.Response, 0, 1, []);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), length);

        attacker.TrySend(head);
        var answer = attacker.ReadToEnd();
        await peer.Channel.Closed.InTime();

        await victim.AssertServesOthersAsync();
        Assert.Contains("-32005", Assert.Single(answer), StringComparison.Ordinal);
        Assert.Equal((int)IpcErrorCode.PayloadTooLarge, peer.Channel.Error?.Code);
    }

    [Fact]
    public async Task A_length_that_promises_more_than_comes_costs_no_memory_and_is_a_named_error()
    {
        await using var victim = new Victim();
        using var attacker = victim.Attack();
        var peer = await victim.PeerAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var head = Frame((byte)IpcMessageKind.Response, 0, 1, [1, 2, 3]);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), 60 * 1024 * 1024);

        attacker.TrySend(head);
        await Soon.UntilAsync(() => attacker.Socket.Poll(0, SelectMode.SelectWrite));
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        attacker.Socket.Shutdown(SocketShutdown.Send);
        await peer.Channel.Closed.InTime();

        await victim.AssertServesOthersAsync();
        Assert.InRange(held, long.MinValue, 16 * 1024 * 1024);
        Assert.Equal((int)IpcErrorCode.Disconnected, peer.Channel.Error?.Code);
    }

    [Fact]
    public async Task Answers_that_nobody_asked_for_are_nobodys()
    {
        await using var victim = new Victim();
        using var attacker = victim.Attack();

        attacker.Send("""
            {"type":"response","id":"1","data":1}
            {"type":"response","id":"65536","error":{"code":1,"message":"no"}}
            {"type":"next","id":"65536","data":1}
            {"type":"done","id":"x"}
            {"type":"credit","id":"1","data":2147483647}
            {"type":"cancel","id":"1"}
            {"type":"pong","data":1}
            {"type":"response","error":{"code":-1,"message":"I could not read that"}}

            """.ReplaceLineEndings("\n"));
        attacker.TrySend(Frame((byte)IpcMessageKind.Response, 0, 65536, [1]));
        attacker.Send(Good);

        Assert.Equal("""{"type":"response","id":"99","data":"still here"}""", attacker.ReadLine());
        Assert.Equal("I could not read that", Assert.IsType<IpcException>(Assert.Single(victim.Errors)).Message);
    }

    [Fact]
    public async Task An_error_without_an_id_is_not_answered_by_another()
    {
        using var folder = new TemporaryFolder();
        await using var pair = await SocketPair.CreateAsync(LocalSocketAddress.Parse(Path.Combine(folder.Path, "s.sock")));
        await using var server = new IpcPeer(pair.Server, new IpcPeerOptions());
        server.Start();

        // Nested deeper than a message may be: the server answers, and the client reads the answer.
        await pair.Client.SendAsync(IpcMessage.Event("deep", Utf8(new string('[', 200) + new string(']', 200))));
        var answer = await pair.Client.ReceiveAsync().AsTask().InTime();
        await pair.Client.SendAsync(new IpcMessage { Kind = IpcMessageKind.Ping, Data = Utf8("1") });

        Assert.Equal((int)IpcErrorCode.ParseError, answer?.Error?.Code);
        Assert.Equal(IpcMessageKind.Pong, (await pair.Client.ReceiveAsync().AsTask().InTime())?.Kind);
    }

    [Fact]
    public async Task An_id_that_is_under_way_already_is_refused_and_the_first_call_goes_on()
    {
        await using var victim = new Victim();
        using var attacker = victim.Attack();

        attacker.Send("""{"type":"request","id":"same","method":"wait"}""" + "\n");
        attacker.Send("""{"type":"request","id":"same","method":"wait"}""" + "\n");
        var refusal = attacker.ReadLine();
        attacker.Send("""{"type":"cancel","id":"same"}""" + "\n");
        var answer = attacker.ReadLine();

        Assert.Contains("\"id\":\"same\",\"error\":{\"code\":-32600", refusal, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"same\",\"error\":{\"code\":-32002", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_that_throws_answers_with_an_error_and_nothing_else_happens(bool inline)
    {
        await using var victim = new Victim(inline: inline);
        using var attacker = victim.Attack();

        attacker.Send("""{"type":"request","id":"1","method":"fail"}""" + "\n");
        var error = attacker.ReadLine();
        attacker.Send(Good);

        Assert.Contains("\"id\":\"1\",\"error\":{\"code\":-32603,\"message\":\"The handler failed.\"", error, StringComparison.Ordinal);
        Assert.Contains("still here", attacker.ReadLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_of_messages_that_throws_ends_its_channel_with_a_named_error()
    {
        using var folder = new TemporaryFolder();
        await using var pair = await SocketPair.CreateAsync(LocalSocketAddress.Parse(Path.Combine(folder.Path, "s.sock")));
        pair.Server.OnMessage(static _ => throw new InvalidDataException("The handler failed."));

        await pair.Client.SendAsync(IpcMessage.Event("e", default));
        await pair.Server.Closed.InTime();

        Assert.Equal((int)IpcErrorCode.InternalError, pair.Server.Error?.Code);
        Assert.Null(await pair.Client.ReceiveAsync().AsTask().InTime());
    }

    // The ids of both directions are drawn from the same numbers.
    [Fact]
    public async Task An_answer_that_is_refused_is_not_mistaken_for_the_answer_to_another_call()
    {
        await using var victim = new Victim();
        using var attacker = victim.Attack();

        attacker.TrySend(Utf8($"{{\"type\":\"response\",\"id\":\"5\",\"data\":{new string('[', 200)}{new string(']', 200)}}}\n"));
        var deep = attacker.ReadLine();
        attacker.TrySend(Frame((byte)IpcMessageKind.Response, 0x80, 5, []));
        var flags = attacker.ReadLine();

        Assert.DoesNotContain("\"id\"", deep, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\"", flags, StringComparison.Ordinal);
    }

    // The call waited until its time was over.
    [Theory]
    [InlineData("response", "{\"type\":\"response\",\"id\":\"ID\",\"data\":1,\"error\":2}\n")]
    [InlineData("a response that is too long", null)]
    public async Task A_call_whose_answer_is_refused_hears_at_once_why(string what, string? answer)
    {
        using var folder = new TemporaryFolder();
        var address = LocalSocketAddress.Parse(Path.Combine(folder.Path, "s.sock"));
        await using var listener = LocalSocketListener.Listen(address, new LocalSocketOptions { Limits = new IpcLimits { MaxMessageBytes = 10_000 } });
        using var attacker = new Attacker(address);
        await using var peer = new IpcPeer(await listener.AcceptAsync().InTime(), new IpcPeerOptions());
        peer.Start();
        var calling = peer.RequestAsync("m", default, Timeout.InfiniteTimeSpan).AsTask();
        var id = Accepted(attacker.ReadLine()!).Id;

        attacker.TrySend(Utf8((answer ?? $"{{\"type\":\"response\",\"id\":\"ID\",\"data\":\"{new string('x', 20_000)}\"}}\n").Replace("ID", $"{id}", StringComparison.Ordinal)));
        var failure = await Assert.ThrowsAsync<IpcException>(() => calling.InTime());

        Assert.True(failure.Code is IpcErrorCode.InvalidRequest or IpcErrorCode.PayloadTooLarge or IpcErrorCode.Disconnected, $"{what}: {failure.Message}");
        Assert.DoesNotContain($"\"id\":\"{id}\"", attacker.ReadLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_with_an_item_that_is_refused_fails_and_is_cancelled_at_the_peer()
    {
        using var folder = new TemporaryFolder();
        var address = LocalSocketAddress.Parse(Path.Combine(folder.Path, "s.sock"));
        await using var listener = LocalSocketListener.Listen(address);
        using var attacker = new Attacker(address);
        await using var peer = new IpcPeer(await listener.AcceptAsync().InTime(), new IpcPeerOptions());
        peer.Start();
        await using var items = peer.RequestStreamAsync("m", default).GetAsyncEnumerator();
        var next = items.MoveNextAsync().AsTask();
        var id = Accepted(attacker.ReadLine()!).Id;

        attacker.TrySend(Utf8($"{{\"type\":\"next\",\"id\":\"{id}\",\"data\":1,\"data\":2}}\n"));
        var failure = await Assert.ThrowsAsync<IpcException>(() => next.InTime());

        Assert.Equal(IpcErrorCode.InvalidRequest, failure.Code);
        Assert.Contains("\"error\"", attacker.ReadLine(), StringComparison.Ordinal);
        Assert.Equal((IpcMessageKind.Cancel, id), (Accepted(attacker.ReadLine()!) is var cancel ? (cancel.Kind, cancel.Id) : default));
    }

    // What we let out the other side, with the same limits, must let in: it cannot even answer a line that is too long.
    [Theory]
    [InlineData(false, 100_000)]
    [InlineData(false, 99_990)]
    [InlineData(true, 100_000)]
    public async Task A_message_that_the_peer_would_end_the_connection_for_is_not_sent(bool binary, int size)
    {
        using var folder = new TemporaryFolder();
        var options = new LocalSocketOptions { Limits = new IpcLimits { MaxMessageBytes = 100_000 } };
        await using var pair = await SocketPair.CreateAsync(LocalSocketAddress.Parse(Path.Combine(folder.Path, "s.sock")), options);
        await pair.Server.SendAsync(new IpcMessage { Kind = IpcMessageKind.Ready, Data = new IpcReady([], [IpcReady.BinaryFrames]).ToJson() });
        await pair.Client.ReceiveAsync().AsTask().InTime();
        var data = binary ? IpcPayload.FromBytes(new byte[size]) : Utf8($"\"{new string('x', size - 2)}\"");

        var refused = await Record.ExceptionAsync(async () => await pair.Client.SendAsync(IpcMessage.Event("e", data)));
        await pair.Client.SendAsync(IpcMessage.Event("after", default));

        Assert.Equal(IpcErrorCode.PayloadTooLarge, Assert.IsType<IpcException>(refused).Code);
        Assert.Equal("after", (await pair.Server.ReceiveAsync().AsTask().InTime())?.Name);
    }

    internal static byte[] Frame(byte kind, byte flags, ulong id, byte[] payload)
    {
        var frame = new byte[16 + payload.Length];
        frame[0] = 1;
        frame[1] = kind;
        frame[2] = flags;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), (uint)payload.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(8), id);
        payload.CopyTo(frame, 16);
        return frame;
    }
}
