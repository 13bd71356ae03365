using System.Buffers;
using System.Globalization;
using System.Text;
using Oriel.Ipc;

namespace Oriel.Bench.Ipc;

/// <summary>The other side of <see cref="PeerSubject"/>.</summary>
internal sealed class PeerEcho : IAsyncDisposable
{
    private readonly IpcPeer _peer;
    private readonly Lock _gate = new();
    private long _seen;
    private long _awaited = long.MaxValue;
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PeerEcho(IIpcChannel channel)
    {
        _peer = new IpcPeer(channel, new IpcPeerOptions { Route = Find, OnEvent = OnEvent });
        _peer.Start();
    }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private IpcRoute? Find(string method) => method switch
    {
        "echo" => new IpcRoute(static call =>
        {
            call.Result.Write(call.Arguments.Span);
            return ValueTask.CompletedTask;
        }),
        "sink" => new IpcRoute(static _ => ValueTask.CompletedTask),
        "flush" => new IpcRoute(FlushAsync),
        _ => null,
    };

    private ValueTask OnEvent(string name, ReadOnlyMemory<byte> data)
    {
        lock (_gate)
        {
            if (++_seen == _awaited)
            {
                _arrived.SetResult();
            }
        }

        return ValueTask.CompletedTask;
    }

    // Events have a queue of their own: a call may overtake them.
    private async ValueTask FlushAsync(IpcCall call)
    {
        var count = long.Parse(Encoding.ASCII.GetString(call.Arguments.Span), CultureInfo.InvariantCulture);
        Task arrived;
        lock (_gate)
        {
            arrived = _seen == count ? Task.CompletedTask : _arrived.Task;
            _awaited = count;
        }

        await arrived;
        lock (_gate)
        {
            _seen = 0;
            _awaited = long.MaxValue;
            _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
