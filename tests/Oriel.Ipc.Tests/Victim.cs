using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;

namespace Oriel.Ipc.Tests;

/// <summary>A server as a program has it: it accepts who comes, and answers "echo", "fail" and "wait".</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
internal sealed class Victim : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalSocketListener _listener;
    private readonly IpcPeerOptions _options;
    private readonly Task _accepting;
    private readonly ConcurrentQueue<IpcPeer> _peers = new();

    public Victim(LocalSocketOptions? socket = null, IpcPeerOptions? peer = null, bool inline = false, Func<string, IpcRoute?>? route = null)
    {
        Address = LocalSocketAddress.Parse(Path.Combine(_folder.Path, "victim.sock"));
        _options = (peer ?? new IpcPeerOptions()) with
        {
            OnError = Errors.Enqueue,
            Route = method => method switch
            {
                "echo" => new IpcRoute(static call =>
                {
                    call.Result.Write(call.Arguments.Span);
                    call.IsResultBinary = call.HasBinaryArguments;
                    return ValueTask.CompletedTask;
                })
                { Inline = inline },
                "fail" => new IpcRoute(static _ => throw new InvalidDataException("The handler failed.")) { Inline = inline },
                "wait" => new IpcRoute(static async call => await Task.Delay(Timeout.Infinite, call.CancellationToken)),
                _ => route?.Invoke(method),
            },
        };
        _listener = LocalSocketListener.Listen(Address, socket);
        _listener.Refused += Refused.Enqueue;
        _accepting = AcceptAsync();
    }

    public LocalSocketAddress Address { get; }

    /// <summary>What was turned away.</summary>
    public ConcurrentQueue<IpcError> Refused { get; } = new();

    /// <summary>What nobody waited for and went wrong.</summary>
    public ConcurrentQueue<Exception> Errors { get; } = new();

    public IReadOnlyCollection<IpcPeer> Peers => _peers;

    public Attacker Attack() => new(Address);

    /// <summary>Waits for the server's side of so many connections, in the order in which they came.</summary>
    public async Task<IpcPeer> PeerAsync(int index = 0)
    {
        await Soon.UntilAsync(() => _peers.Count > index);
        return _peers.ElementAt(index);
    }

    /// <summary>A well-behaved client is served: whatever somebody else did, it did to itself.</summary>
    public async Task AssertServesOthersAsync()
    {
        await using var channel = await LocalSocketChannel.ConnectAsync(Address).InTime();
        await using var peer = new IpcPeer(channel, new IpcPeerOptions());
        peer.Start();
        Assert.Equal("[1]", Envelope.Text(await peer.RequestAsync("echo", Envelope.Utf8("[1]")).AsTask().InTime()));
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _accepting.InTime();
        await Task.WhenAll(_peers.Select(peer => peer.DisposeAsync().AsTask())).InTime();
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var peer = new IpcPeer(await _listener.AcceptAsync(), _options);
                peer.Start();
                _peers.Enqueue(peer);
            }
        }
        catch (IpcException exception) when (exception.Code == IpcErrorCode.ShuttingDown)
        {
            // The test is over.
        }
    }
}

/// <summary>A client that says what it likes, byte by byte.</summary>
internal sealed class Attacker : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly StringBuilder _text = new();

    public Attacker(LocalSocketAddress address)
    {
        Socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Socket.Connect(new UnixDomainSocketEndPoint(address.Path));
        Socket.ReceiveTimeout = (int)Soon.Limit.TotalMilliseconds;
    }

    public Socket Socket { get; }

    /// <summary>Sends; an end that closed already does not mind.</summary>
    public bool TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[Socket.Send(bytes)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Send(string text) => Assert.True(TrySend(Encoding.UTF8.GetBytes(text)));

    /// <summary>Sends without ever waiting, until the peer takes no more.</summary>
    public long Flood(byte[] bytes, Func<bool> isEnough)
    {
        Socket.Blocking = false;
        long sent = 0;
        var at = 0;
        while (!isEnough())
        {
            try
            {
                var count = Socket.Send(bytes.AsSpan(at));
                at = (at + count) % bytes.Length;
                sent += count;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
            {
                Thread.Yield();
            }
            catch (SocketException)
            {
                break;
            }
        }

        return sent;
    }

    /// <summary>The next line that the server sends; null at the end.</summary>
    public string? ReadLine()
    {
        for (; ; )
        {
            var text = _text.ToString();
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            if (end >= 0)
            {
                _text.Remove(0, end + 1);
                return text[..end];
            }

            int count;
            try
            {
                count = Socket.Receive(_buffer);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
            {
                return null;
            }

            if (count == 0)
            {
                return null;
            }

            _text.Append(Encoding.UTF8.GetString(_buffer, 0, count));
        }
    }

    /// <summary>Everything until the server ends the connection.</summary>
    public List<string> ReadToEnd()
    {
        List<string> lines = [];
        while (ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public void Dispose() => Socket.Dispose();
}
