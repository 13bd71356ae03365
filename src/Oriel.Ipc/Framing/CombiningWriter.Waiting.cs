namespace Oriel.Ipc;

// Senders that wait while the peer is behind.
internal sealed partial class CombiningWriter
{
    private readonly WaitingQueue _waiting = new();

    /// <summary>Appends or writes a message; waits while the peer is behind.</summary>
    public ValueTask WriteAsync(in IpcMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TryWrite(message, mayWait: true))
        {
            return ValueTask.CompletedTask;
        }

        var waiting = MakeWaiting(message);
        lock (_gate)
        {
            Check(message);
            _waiting.Enqueue(waiting);
            _metrics.OnQueued(_pendingMessages + _waiting.Count);
            if (!_isWriting)
            {
                _isWriting = true;
                WakeWriter();
            }
        }

        return new ValueTask(waiting.WaitAsync(cancellationToken));
    }

    private WaitingMessage MakeWaiting(in IpcMessage message)
    {
        if (message.Data.Length < HugeBytes)
        {
            return new WaitingMessage(message);
        }

        // Here, where the sender hears of it, if it cannot be written.
        var head = new PooledBuffer();
        WriteHead(head, message);
        return new WaitingMessage(message, head);
    }

    // Under the lock: those who waited for room have it now, as far as it goes.
    private void AdmitWaiting()
    {
        while (_pending.Length < FullBytes && _waiting.TryPeek(out var next) && next.Head is null)
        {
            _waiting.Dequeue();
            if (!next.TryClaim())
            {
                continue;
            }

            var before = _pending.Length;
            try
            {
                WriteTo(_pending, next.Message);
                _pendingMessages++;
                _metrics.OnSent(_pending.Length - before);
                next.Succeed();
            }
            catch (Exception exception)
            {
                _pending.Truncate(before);
                next.Fail(exception);
            }
        }
    }

    private void WriteWaiting(WaitingMessage next)
    {
        if (!next.TryClaim())
        {
            next.End();
            return;
        }

        try
        {
            if (next.Head is { } head)
            {
                _metrics.OnSent(head.Length + next.Message.Data.Length);
                WriteLarge(next, head);
            }
            else
            {
                WriteTo(_writing, next.Message);
                _metrics.OnSent(_writing.Length);
            }

            next.Succeed();
        }
        catch (IOException exception)
        {
            next.Fail(new IpcException(IpcErrorCode.Disconnected, exception.Message));
            throw;
        }
        catch (Exception exception)
        {
            Empty(_writing);
            next.Fail(exception);
        }
        finally
        {
            next.End();
        }
    }

    // Its parts one after the other: the stream has not room for all of them anyway.
    private void WriteLarge(WaitingMessage next, PooledBuffer head)
    {
        _transport.Write(head.Span);
        if (_transport.CanTry)
        {
            while (!next.TryWritePayload(_transport))
            {
                // Without the sender's memory, which he may want back meanwhile.
                _transport.WaitToWrite();
            }
        }
        else
        {
            next.TakeOver();
            next.Succeed();
            _transport.Write(next.Rest);
        }

        _transport.Write(TailOf(next.Message));
    }
}
