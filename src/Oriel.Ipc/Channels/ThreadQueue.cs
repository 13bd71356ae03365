using System.Buffers;
using System.Threading.Channels;

namespace Oriel.Ipc;

/// <summary>One direction of a <see cref="ThreadChannel"/>: messages that wait for their receiver, in memory of their own.</summary>
internal sealed class ThreadQueue
{
    private readonly Lock _gate = new();
    private readonly Channel<Entry> _entries;
    private readonly IpcChannelMetrics _sender;
    private readonly FullQueuePolicy _whenFull;
    private TaskCompletionSource? _drained;
    private int _length;
    private volatile bool _isComplete;
    private bool _isAbandoned;

    public ThreadQueue(ThreadChannelOptions options, IpcChannelMetrics sender)
    {
        _sender = sender;
        _whenFull = options.WhenFull;
        _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(options.Capacity)
        {
            FullMode = options.WhenFull switch
            {
                FullQueuePolicy.DropOldest => BoundedChannelFullMode.DropOldest,
                FullQueuePolicy.DropNewest => BoundedChannelFullMode.DropWrite,
                _ => BoundedChannelFullMode.Wait,
            },
        }, OnDropped);
    }

    /// <summary>How many messages wait.</summary>
    public int Count => _entries.Reader.Count;

    /// <summary>Ends when nothing more can be read.</summary>
    public Task Completion => _entries.Reader.Completion;

    /// <summary>Takes a message, if that needs no waiting.</summary>
    public bool TryWrite(in IpcMessage message)
    {
        var entry = Entry.CopyOf(message);
        var length = Interlocked.Increment(ref _length);
        if (_entries.Writer.TryWrite(entry))
        {
            OnWritten(message, length);
            return true;
        }

        Withdraw(entry);
        return _isComplete ? throw new ChannelClosedException() : false;
    }

    /// <summary>Takes a message; waits, or fails, while as many wait as may.</summary>
    public async ValueTask WriteAsync(IpcMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TryWrite(message))
        {
            return;
        }

        if (_whenFull == FullQueuePolicy.Fail)
        {
            throw new IpcException(IpcErrorCode.Busy, $"{Count:N0} messages wait on \"{_sender.ChannelName}\", which is the limit. Send less, or make a channel whose senders wait.");
        }

        var entry = Entry.CopyOf(message);
        var length = Interlocked.Increment(ref _length);
        try
        {
            await _entries.Writer.WriteAsync(entry, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Withdraw(entry);
            throw;
        }

        OnWritten(message, length);
    }

    /// <summary>Takes out the next message; its memory must be released.</summary>
    public bool TryRead(out Entry entry)
    {
        if (!_entries.Reader.TryRead(out entry))
        {
            return false;
        }

        OnLeft();
        return true;
    }

    /// <summary>Waits until there is something to read; false when nothing will come.</summary>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken) => _entries.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Waits until nothing waits here any more.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var drained = _drained;

            // After the promise can be seen: who takes the last message either finds it, or is found here.
            Interlocked.MemoryBarrier();
            EndDrainIfEmpty();
            return drained.Task;
        }
    }

    /// <summary>Takes nothing more; who waits to send fails.</summary>
    public void Complete()
    {
        _isComplete = true;
        _entries.Writer.TryComplete();
    }

    /// <summary>Throws away what waits: the receiver takes nothing more.</summary>
    public void Abandon()
    {
        Complete();
        while (TryRead(out var entry))
        {
            entry.Release();
        }

        lock (_gate)
        {
            _isAbandoned = true;
            EndDrainIfEmpty();
        }
    }

    private void OnWritten(in IpcMessage message, int length)
    {
        _sender.OnSent(message.Data.Length);
        _sender.OnQueued(length);
    }

    private void OnDropped(Entry entry)
    {
        _sender.OnDropped();
        Withdraw(entry);
    }

    private void Withdraw(Entry entry)
    {
        entry.Release();
        OnLeft();
    }

    private void OnLeft()
    {
        if (Interlocked.Decrement(ref _length) == 0 && Volatile.Read(ref _drained) is not null)
        {
            lock (_gate)
            {
                EndDrainIfEmpty();
            }
        }
    }

    // Under the lock.
    private void EndDrainIfEmpty()
    {
        if (_drained is { } drained && (_isAbandoned || Volatile.Read(ref _length) == 0))
        {
            _drained = null;
            drained.TrySetResult();
        }
    }

    /// <summary>A message with rented memory.</summary>
    internal readonly struct Entry
    {
        private readonly byte[]? _rented;

        private Entry(in IpcMessage message, byte[]? rented)
        {
            Message = message;
            _rented = rented;
        }

        public IpcMessage Message { get; }

        public static Entry CopyOf(in IpcMessage message)
        {
            var length = message.Data.Length;
            var rented = length > 0 ? ArrayPool<byte>.Shared.Rent(length) : null;
            message.Data.Span.CopyTo(rented);
            return new Entry(message with
            {
                Data = rented.AsMemory(0, length),
                Raw = default,
                Error = message.Error is { Data.IsEmpty: false } error ? error with { Data = error.Data.ToArray() } : message.Error,
            }, rented);
        }

        public void Release()
        {
            if (_rented is not null)
            {
                ArrayPool<byte>.Shared.Return(_rented);
            }
        }
    }
}
