namespace Oriel.Ipc;

/// <summary>A message whose sender waits. Its memory is the sender's, and may be read only while it is claimed.</summary>
internal sealed class WaitingMessage
{
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock? _gate;
    private PooledBuffer? _rest;
    private int _isClaimed;
    private int _written;
    private bool _isOver;

    /// <summary>Creates one whose payload is copied when its turn comes.</summary>
    public WaitingMessage(in IpcMessage message) => Message = message;

    /// <summary>Creates one whose payload is written from where it lies.</summary>
    /// <param name="message">The message.</param>
    /// <param name="head">What stands in front of the payload; this owns it.</param>
    public WaitingMessage(in IpcMessage message, PooledBuffer head)
    {
        Message = message;
        Head = head;
        _gate = new Lock();
    }

    public IpcMessage Message { get; private set; }

    /// <summary>What stands in front of a payload that is written from where it lies.</summary>
    public PooledBuffer? Head { get; }

    /// <summary>Of one that still waits: whether its sender has given up.</summary>
    public bool IsClaimed => Volatile.Read(ref _isClaimed) != 0;

    /// <summary>Whether the message may still be written: its sender has not given up.</summary>
    public bool TryClaim() => Interlocked.Exchange(ref _isClaimed, 1) == 0;

    public void Succeed() => _sent.TrySetResult();

    public void Fail(Exception exception)
    {
        var error = exception is IpcException named ? named.Error : new IpcError(IpcErrorCode.InternalError, $"The message could not be written: {exception.Message}");
        _sent.TrySetException(new IpcException(error));
        _ = _sent.Task.Exception;
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(static (waiting, token) => ((WaitingMessage)waiting!).GiveUp(token), this))
        {
            await _sent.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Writes as much of the payload as goes without waiting; true when all of it has gone. The message is claimed, and has a head.</summary>
    public bool TryWritePayload(ByteTransport transport)
    {
        lock (_gate!)
        {
            var left = (_rest is null ? Message.Data.Span : _rest.Span)[_written..];
            if (left.IsEmpty)
            {
                return true;
            }

            var count = transport.TryWrite(left);
            _written += count;
            return count == left.Length;
        }
    }

    /// <summary>The payload, once it was taken over.</summary>
    public ReadOnlySpan<byte> Rest => _rest!.Span;

    /// <summary>Has the payload in memory of its own, so that its sender need not wait for a write that nothing can end.</summary>
    public void TakeOver()
    {
        lock (_gate!)
        {
            KeepRest();
        }
    }

    /// <summary>Lets go of its memory: it has been written, or never will be.</summary>
    public void End()
    {
        Head?.Dispose();
        if (_gate is null)
        {
            return;
        }

        lock (_gate)
        {
            _isOver = true;
            _rest?.Dispose();
        }
    }

    // A message that was begun cannot be taken back, or the peer would take what follows for the rest of it; but its sender is free.
    private void GiveUp(CancellationToken cancellationToken)
    {
        if (TryClaim())
        {
            _sent.TrySetCanceled(cancellationToken);
            return;
        }

        if (_gate is null)
        {
            return;
        }

        lock (_gate)
        {
            if (!_isOver)
            {
                KeepRest();
                _sent.TrySetCanceled(cancellationToken);
            }
        }
    }

    // Under the lock.
    private void KeepRest()
    {
        if (_rest is null)
        {
            _rest = PooledBuffer.CopyOf(Message.Data.Span[_written..]);
            _written = 0;
            Message = Message with { Data = default };
        }
    }
}
