using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Oriel.Ipc;

/// <summary>A stream among the arguments of a call: values that the caller sends while the call is under way.</summary>
/// <remarks>
/// The caller sends nothing before the first read, and then as much as it is allowed. What it may be ahead of the reader grows with every
/// grant, up to <see cref="IpcPeer.MaxCredit"/> values or <see cref="WindowBytes"/> by their usual size. Thread-safe.
/// </remarks>
internal sealed class ArgumentStream : ChannelReader<IpcPayload>
{
    // What the caller may send before the size of its values is known.
    internal const int FirstCredit = 4;

    // As much as waits for a page in the other direction.
    private const int WindowBytes = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly Channel<IpcPayload> _items = Channel.CreateUnbounded<IpcPayload>();
    private readonly IpcPeer _peer;
    private int _window = FirstCredit / 2;
    private int _allowed;
    private int _unread;
    private int _usualBytes;
    private bool _isStarted;
    private bool _isOver;

    public ArgumentStream(IpcPeer peer, IpcId id)
    {
        _peer = peer;
        Id = id;
    }

    public IpcId Id { get; }

    /// <summary>Whether somebody has begun to read it.</summary>
    public bool IsStarted
    {
        get
        {
            lock (_gate)
            {
                return _isStarted;
            }
        }
    }

    public override Task Completion => _items.Reader.Completion;

    public override bool TryRead([MaybeNullWhen(false)] out IpcPayload item)
    {
        Start();
        if (!_items.Reader.TryRead(out item))
        {
            return false;
        }

        OnRead(item.Memory.Length);
        return true;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        Start();
        return _items.Reader.WaitToReadAsync(cancellationToken);
    }

    /// <summary>Takes a value that the caller has sent. False when it broke the rules, and is not read any more.</summary>
    internal bool Add(in IpcMessage message)
    {
        IpcException violation;
        lock (_gate)
        {
            if (_isOver)
            {
                return true;
            }

            if (_allowed == 0)
            {
                violation = new IpcException(IpcErrorCode.InvalidRequest, "The caller sent more values of a stream than it was allowed.");
            }
            else if (!_peer.TryCountBytes(message.Data.Length))
            {
                violation = new IpcException(IpcErrorCode.Busy, $"More than {_peer.MaxBytesInFlight:N0} bytes of calls would be under way with the values of a stream. Send smaller ones.");
            }
            else
            {
                _allowed--;
                _unread++;
                _items.Writer.TryWrite(new IpcPayload(message.Data.ToArray(), message.IsBinary));
                return true;
            }
        }

        End(violation);
        return false;
    }

    /// <summary>Ends the stream; what has come can still be read.</summary>
    /// <returns>Whether it had not ended before.</returns>
    internal bool End(Exception? exception)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            _isOver = true;
            _items.Writer.TryComplete(exception);
            return true;
        }
    }

    /// <summary>Ends the stream from this side, and drops what was not read.</summary>
    /// <returns>Whether the caller had not ended it before.</returns>
    internal bool Close(Exception reason)
    {
        var wasOpen = End(reason);
        while (_items.Reader.TryRead(out var item))
        {
            _peer.UncountBytes(item.Memory.Length);
        }

        return wasOpen;
    }

    private void Start()
    {
        lock (_gate)
        {
            if (_isStarted || _isOver)
            {
                return;
            }

            _isStarted = true;
        }

        Grant();
    }

    private void OnRead(int bytes)
    {
        _peer.UncountBytes(bytes);
        lock (_gate)
        {
            _unread--;
            _usualBytes = _usualBytes == 0 ? bytes : ((3 * _usualBytes) + bytes) / 4;
        }

        Grant();
    }

    // By halves, so that a caller that keeps up never waits.
    private void Grant()
    {
        int count;
        lock (_gate)
        {
            var ahead = _allowed + _unread;
            if (_isOver || ahead > _window / 2)
            {
                return;
            }

            _window = Math.Clamp(WindowBytes / Math.Max(1, _usualBytes), 1, Math.Min(2 * _window, IpcPeer.MaxCredit));
            count = _window - ahead;
            if (count <= 0)
            {
                return;
            }

            _allowed += count;
        }

        _peer.Tell(new IpcMessage { Kind = IpcMessageKind.Credit, Id = Id, Data = IpcPeer.JsonNumber(count) });
    }
}
