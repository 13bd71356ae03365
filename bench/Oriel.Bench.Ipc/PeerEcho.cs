using System.Buffers;
using System.Globalization;
using System.Text;
using Oriel.Ipc;

namespace Oriel.Bench.Ipc;

/// <summary>The other side of <see cref="PeerSubject"/>.</summary>
internal sealed class PeerEcho : IAsyncDisposable
{
    public const byte Filling = (byte)'x';

    private readonly IpcPeer _peer;
    private readonly IpcRoute _echo;
    private readonly IpcRoute _sink;
    private readonly IpcRoute _flush;
    private readonly Lock _gate = new();
    private long _seen;
    private long _awaited = long.MaxValue;
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PeerEcho(IIpcChannel channel, PeerMode mode)
    {
        _echo = new IpcRoute(Echo) { Inline = mode.IsInline };
        _sink = new IpcRoute(Sink) { Inline = mode.IsInline };
        _flush = new IpcRoute(FlushAsync);
        _peer = new IpcPeer(channel, new IpcPeerOptions
        {
            Route = Find,
            Handlers = ["echo", "sink", "flush"],
            OnEvent = OnEvent,
            HandleEventsInline = mode.IsInline,
        });
        _peer.Start();
    }

    /// <summary>Answers until the channel ends.</summary>
    public async Task RunAsync()
    {
        await _peer.AnnounceAsync();
        await _peer.Channel.Closed;
    }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private IpcRoute? Find(string method) => method switch
    {
        "echo" => _echo,
        "sink" => _sink,
        "flush" => _flush,
        _ => null,
    };

    private static ValueTask Echo(IpcCall call)
    {
        call.IsResultBinary = call.HasBinaryArguments;
        call.Result.Write(call.Arguments.Span);
        return ValueTask.CompletedTask;
    }

    private static ValueTask Sink(IpcCall call)
    {
        Check(call.Arguments.Span);
        return ValueTask.CompletedTask;
    }

    // Reads every byte, as the floor does to find the end of a line.
    private static void Check(ReadOnlySpan<byte> data)
    {
        if (data[1..^1].ContainsAnyExcept(Filling))
        {
            throw new InvalidOperationException("What arrived is not what was sent.");
        }
    }

    private ValueTask OnEvent(string name, IpcPayload data)
    {
        Check(data.Span);
        lock (_gate)
        {
            if (++_seen == _awaited)
            {
                _arrived.SetResult();
            }
        }

        return ValueTask.CompletedTask;
    }

    // Where events have a queue of their own, a call may overtake them.
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
