using System.Buffers;
using System.Net.Sockets;
using System.Runtime.Versioning;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>Channels over real sockets: what arrives, and what ends them.</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
public sealed class LocalSocketTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private LocalSocketAddress Address => LocalSocketAddress.Parse(Path.Combine(_folder.Path, "test.sock"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_one_side_sends_the_other_receives()
    {
        await using var pair = await SocketPair.CreateAsync(Address);

        await pair.Client.SendAsync(IpcMessage.Event("hello", Utf8("""{"a":[1,2]}""")));
        await pair.Server.SendAsync(IpcMessage.Request(new IpcId(7), "add", Utf8("[1]")));

        var received = (await pair.Server.ReceiveAsync().AsTask().InTime())!.Value;
        Assert.Equal((IpcMessageKind.Event, "hello", """{"a":[1,2]}"""), (received.Kind, received.Name, Text(received.Data)));
        received = pair.Client.Receive(Soon.Limit)!.Value;
        Assert.Equal((IpcMessageKind.Request, "add", "[1]", new IpcId(7)), (received.Kind, received.Name, Text(received.Data), received.Id));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(20_000)]
    [InlineData(200_000)]
    [InlineData(5_000_000)]
    public async Task A_message_of_any_size_arrives_as_it_was(int size)
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        var data = Utf8($"\"{new string('x', size)}\"");

        var sending = Task.Run(async () =>
        {
            await pair.Client.SendAsync(IpcMessage.Event("before", Utf8("1")));
            await pair.Client.SendAsync(IpcMessage.Event("large", data));
            await pair.Client.SendAsync(IpcMessage.Event("after", Utf8("2")));
        });

        Assert.Equal("1", Text((await pair.Server.ReceiveAsync().AsTask().InTime())!.Value.Data));
        Assert.Equal(data, (await pair.Server.ReceiveAsync().AsTask().InTime())!.Value.Data.ToArray());
        Assert.Equal("2", Text((await pair.Server.ReceiveAsync().AsTask().InTime())!.Value.Data));
        await sending.InTime();
    }

    [Fact]
    public async Task Messages_of_many_threads_arrive_whole_and_each_threads_in_order()
    {
        const int Threads = 8;
        const int Count = 20_000;
        await using var pair = await SocketPair.CreateAsync(Address);
        var next = new int[Threads];
        var left = Threads * Count;
        var done = new TaskCompletionSource();
        pair.Server.OnMessage(message =>
        {
            var lane = message.Name[0] - 'a';
            Assert.Equal($"{next[lane]++}", Text(message.Data));
            if (--left == 0)
            {
                done.SetResult();
            }

            return ValueTask.CompletedTask;
        });

        var senders = Enumerable.Range(0, Threads).Select(lane => Task.Run(async () =>
        {
            var name = $"{(char)('a' + lane)}";
            for (var i = 0; i < Count; i++)
            {
                await pair.Client.SendAsync(IpcMessage.Event(name, Utf8($"{i}")));
            }
        }));
        await Task.WhenAll(senders).InTime();

        await Task.WhenAny(done.Task, pair.Server.Closed).InTime();
        Assert.Null(pair.Server.Error);
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task A_sender_waits_while_the_peer_does_not_read()
    {
        // More than the buffers on the way hold, whatever part of them is full at a moment.
        const int Count = 3_000;
        await using var pair = await SocketPair.CreateAsync(Address);
        var data = Utf8($"\"{new string('x', 1_000)}\"");

        var sending = Enumerable.Range(0, Count).Select(_ => pair.Client.SendAsync(IpcMessage.Event("e", data)).AsTask()).ToArray();
        await Task.WhenAll(sending[..100]).InTime();
        Assert.False(sending[2_000].IsCompleted);

        for (var i = 0; i < Count; i++)
        {
            Assert.NotNull(await pair.Server.ReceiveAsync().AsTask().InTime());
        }

        await Task.WhenAll(sending).InTime();
    }

    [Fact]
    public async Task A_receive_that_times_out_loses_nothing()
    {
        await using var pair = await SocketPair.CreateAsync(Address);

        Assert.Equal(IpcErrorCode.Timeout, Assert.Throws<IpcException>(() => pair.Server.Receive(TimeSpan.FromMilliseconds(1))).Code);
        await pair.Client.SendAsync(IpcMessage.Event("e", Utf8("1")));

        Assert.Equal("1", Text(pair.Server.Receive(Soon.Limit)!.Value.Data));
    }

    [Fact]
    public async Task A_receive_that_is_cancelled_loses_nothing()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        using var cancellation = new CancellationTokenSource();
        var receiving = pair.Server.ReceiveAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.InTime());

        await pair.Client.SendAsync(IpcMessage.Event("e", Utf8("1")));

        Assert.Equal("1", Text((await pair.Server.ReceiveAsync().AsTask().InTime())!.Value.Data));
    }

    [Fact]
    public async Task Sending_while_another_thread_waits_to_receive_does_not_wait()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        var receiving = Task.Run(() => pair.Client.Receive(Soon.Limit));

        pair.Client.Send(IpcMessage.Event("e", Utf8("1")));

        Assert.Equal("1", Text((await pair.Server.ReceiveAsync().AsTask().InTime())!.Value.Data));
        await pair.Server.SendAsync(IpcMessage.Event("f", Utf8("2")));
        Assert.Equal("2", Text((await receiving.InTime())!.Value.Data));
    }

    [Fact]
    public async Task What_was_sent_before_the_shutdown_still_arrives()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        for (var i = 0; i < 1_000; i++)
        {
            await pair.Client.SendAsync(IpcMessage.Event("e", Utf8($"{i}")));
        }

        pair.Client.Shutdown();

        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal($"{i}", Text((await pair.Server.ReceiveAsync().AsTask().InTime())!.Value.Data));
        }

        Assert.Null(await pair.Server.ReceiveAsync().AsTask().InTime());
        Assert.Null(pair.Server.Error);
    }

    [Fact]
    public async Task Nothing_is_sent_after_the_shutdown()
    {
        await using var pair = await SocketPair.CreateAsync(Address);

        pair.Client.Shutdown();

        await Assert.ThrowsAsync<IpcException>(async () => await pair.Client.SendAsync(IpcMessage.Event("e", default)));
    }

    [Fact]
    public async Task A_peer_that_is_gone_fails_the_sender()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        await pair.Server.DisposeAsync();

        var failure = await Assert.ThrowsAsync<IpcException>(async () =>
        {
            for (; ; )
            {
                await pair.Client.SendAsync(IpcMessage.Event("e", Utf8("1")));
            }
        }).InTime();

        Assert.Equal(IpcErrorCode.Disconnected, failure.Code);
    }

    [Fact]
    public async Task Bytes_cross_as_they_are_once_the_peer_offers_to_read_them()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        await using var server = new IpcPeer(pair.Server, new IpcPeerOptions
        {
            Route = static _ => new IpcRoute(static call =>
            {
                call.Result.Write(call.Arguments.Span);
                call.IsResultBinary = call.HasBinaryArguments;
                return ValueTask.CompletedTask;
            }),
        });
        await using var client = new IpcPeer(pair.Client, new IpcPeerOptions());
        server.Start();
        client.Start();

        var refused = await Assert.ThrowsAsync<IpcException>(async () => await client.RequestAsync("echo", IpcPayload.FromBytes(bytes)));
        await client.AnnounceAsync();
        var ready = await client.Ready.InTime();
        var answer = await client.RequestAsync("echo", IpcPayload.FromBytes(bytes)).AsTask().InTime();

        Assert.Equal(IpcErrorCode.InvalidRequest, refused.Code);
        Assert.Contains(IpcReady.BinaryFrames, ready.Wire);
        Assert.True(answer.IsBinary);
        Assert.Equal(bytes, answer.Memory.ToArray());
    }

    [Fact]
    public async Task A_socket_that_this_user_may_not_open_is_denied_and_not_said_to_be_missing()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may open everything.");
        await using var listener = LocalSocketListener.Listen(Address);
        File.SetUnixFileMode(Address.Path, UnixFileMode.None);

        var denied = await Assert.ThrowsAsync<IpcException>(() => LocalSocketChannel.ConnectAsync(Address).InTime());

        Assert.Equal(IpcErrorCode.Denied, denied.Code);
    }

    // The answer was refused when a binary request overtook the word that its sender reads binary frames.
    [Fact]
    public async Task Who_sends_bytes_gets_bytes_though_it_has_not_offered_to_read_them()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        await using var server = new IpcPeer(pair.Server, new IpcPeerOptions
        {
            Route = static _ => new IpcRoute(static call =>
            {
                call.Result.Write(call.Arguments.Span);
                call.IsResultBinary = true;
                return ValueTask.CompletedTask;
            }),
        });
        await using var client = new IpcPeer(pair.Client, new IpcPeerOptions());
        server.Start();
        client.Start();
        await pair.Server.SendAsync(new IpcMessage { Kind = IpcMessageKind.Ready, Data = new IpcReady([], [IpcReady.BinaryFrames]).ToJson() });
        await client.Ready.InTime();

        for (var i = 0; i < 100; i++)
        {
            var answer = await client.RequestAsync("echo", IpcPayload.FromBytes(new byte[] { 1, 2, 3 })).AsTask().InTime();
            Assert.True(answer.IsBinary);
        }
    }

    [Fact]
    public async Task A_second_reader_is_refused()
    {
        await using var pair = await SocketPair.CreateAsync(Address);
        pair.Server.OnMessage(static _ => ValueTask.CompletedTask);
        pair.Client.TryReceive(out _);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await pair.Server.ReceiveAsync());
        Assert.Throws<InvalidOperationException>(() => pair.Client.OnMessage(static _ => ValueTask.CompletedTask));
    }

    [Fact]
    public async Task A_wait_for_a_connection_ends_as_cancelled_or_with_its_listener()
    {
        var listener = LocalSocketListener.Listen(Address);
        using var cancellation = new CancellationTokenSource();
        var cancelled = listener.AcceptAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.InTime());

        var waiting = listener.AcceptAsync();
        await listener.DisposeAsync();

        Assert.Equal(IpcErrorCode.ShuttingDown, (await Assert.ThrowsAsync<IpcException>(() => waiting.InTime())).Code);
    }

    [Fact]
    public async Task A_live_servers_place_is_not_taken()
    {
        await using var listener = LocalSocketListener.Listen(Address);

        var refused = Assert.Throws<IpcException>(() => LocalSocketListener.Listen(Address));

        Assert.Equal(IpcErrorCode.Busy, refused.Code);
        await using var client = await LocalSocketChannel.ConnectAsync(Address);
    }

    [Fact]
    public async Task A_dead_servers_socket_is_replaced()
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(Address.Path));
            dead.Listen();
        }

        // .NET removes the socket's file with the socket; a killed process does not.
        if (!File.Exists(Address.Path))
        {
            using var again = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            again.Bind(new UnixDomainSocketEndPoint(Address.Path + ".dead"));
            File.Move(Address.Path + ".dead", Address.Path);
        }

        await using var listener = LocalSocketListener.Listen(Address);
        await using var client = await LocalSocketChannel.ConnectAsync(Address);
    }

    [Fact]
    public async Task The_socket_and_what_belongs_to_it_are_gone_with_the_listener()
    {
        var address = LocalSocketAddress.CreateUnique("test");
        string alias;
        await using (var listener = LocalSocketListener.Listen(address))
        {
            alias = LocalSocketAddress.AuroraView(listener.AddAuroraViewAlias()).Path;
            Assert.True(File.Exists(alias));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(address.Path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(address.Path)!));
        }

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(address.Path)!, $"{address.Name}*"));
        Assert.False(File.Exists(alias));
    }
}
