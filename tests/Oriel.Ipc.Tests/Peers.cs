using System.Buffers;
using System.Collections.Concurrent;

namespace Oriel.Ipc.Tests;

/// <summary>A peer under test, and one that calls it; what nobody handled is gathered.</summary>
internal sealed class Peers : IAsyncDisposable
{
    public Peers(IpcPeerOptions? server = null, IpcPeerOptions? client = null, int capacity = ThreadChannel.DefaultCapacity)
    {
        var (first, second) = ThreadChannel.CreatePair(capacity);
        Server = new IpcPeer(second, (server ?? new IpcPeerOptions()) with { Route = method => Handlers.TryGetValue(method, out var handler) ? new IpcRoute(handler) : null, OnError = Errors.Enqueue });
        Client = new IpcPeer(first, (client ?? new IpcPeerOptions()) with { OnError = Errors.Enqueue });
        Server.Start();
        Client.Start();
    }

    public IpcPeer Server { get; }

    public IpcPeer Client { get; }

    public ConcurrentDictionary<string, IpcHandler> Handlers { get; } = new();

    public ConcurrentQueue<Exception> Errors { get; } = new();

    public async Task<ReadOnlyMemory<byte>> CallAsync(string method, string data = "null", TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        (await Client.RequestAsync(method, Envelope.Utf8(data), timeout, cancellationToken)).Memory;

    /// <summary>Answers with the arguments.</summary>
    public static ValueTask EchoAsync(IpcCall call)
    {
        call.Result.Write(call.Arguments.Span);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>The far end of a channel, without a peer: says what it likes.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly ThreadChannel _channel;

    public RawPeer(Func<string, IpcRoute?>? route = null, IpcPeerOptions? options = null, int capacity = ThreadChannel.DefaultCapacity)
    {
        var (first, second) = ThreadChannel.CreatePair(capacity);
        _channel = first;
        Peer = new IpcPeer(second, (options ?? new IpcPeerOptions()) with { Route = route ?? (static _ => null), OnError = Errors.Enqueue });
        Peer.Start();
    }

    public IpcPeer Peer { get; }

    public ConcurrentQueue<Exception> Errors { get; } = new();

    public Task SendAsync(IpcMessage message) => _channel.SendAsync(message).AsTask().InTime();

    public async Task<IpcMessage> ReceiveAsync() => (await _channel.ReceiveAsync().AsTask().InTime())!.Value;

    public void Shutdown() => _channel.Shutdown();

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await Peer.DisposeAsync();
    }
}
