using Oriel.Engines;
using Oriel.Ipc;
using Oriel.Protocols;

namespace Oriel;

/// <summary>Bytes of a page on their way to a command: its ranges come as requests, and each is answered when it has been read.</summary>
/// <remarks>
/// A range is copied once, from the engine's memory to where its reader wants it. One range is under way at a time, so that
/// a slow reader slows the page and nothing piles up here. One reader at a time.
/// </remarks>
internal sealed class UpBody : ReadOnlyStream
{
    /// <summary>The largest range that a page sends.</summary>
    public const int MaxRangeBytes = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly BodyTable _table;
    private Range? _range;
    private TaskCompletionSource _changed = NewSignal();
    private CancellationToken _call;
    private CancellationTokenRegistration _calling;
    private IpcException? _failure;
    private long? _length;
    private long _received;
    private bool _isEnded;
    private bool _isClosed;

    public UpBody(BodyTable table, long id)
    {
        _table = table;
        Id = id;
    }

    public long Id { get; }

    /// <summary>Whether a call has asked for it.</summary>
    public bool IsClaimed { get; private set; }

    /// <summary>All of it, when <see cref="BufferAsync"/> has read it.</summary>
    public byte[]? Bytes { get; private set; }

    /// <summary>The bytes that are counted for the document while the call lasts.</summary>
    public long ReservedBytes { get; private set; }

    /// <summary>Whether something has been read of it as a stream.</summary>
    public bool IsOpened { get; set; }

    /// <summary>A call has found the reference to it in its arguments.</summary>
    public void Claim(long? length)
    {
        IsClaimed = true;
        _length = length;
    }

    /// <summary>Ends every read, also those that wait on their thread or have no token of their own, when the call is cancelled.</summary>
    public void EndWith(CancellationToken call)
    {
        _call = call;
        _calling = call.UnsafeRegister(static body => ((UpBody)body!).Signal(), this);
    }

    /// <summary>Takes a range of the page's.</summary>
    /// <returns>The answer to it, which comes when the range has been read.</returns>
    public Task<ProtocolResponse> OfferAsync(Stream content, long offset, bool isLast)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return Task.FromResult(BodyTable.Gone());
            }

            if (_failure is { } failure)
            {
                return Task.FromResult(ProtocolResponse.Error(400, failure.Message));
            }

            if (_range is not null)
            {
                return Task.FromResult(ProtocolResponse.Error(409, "A range of the body is being read. Send one at a time."));
            }

            if (_isEnded || offset != _received)
            {
                FailLocked(new IpcException(IpcErrorCode.InvalidParams, $"The page sent the bytes from {offset:N0} on, and {(_isEnded ? "had ended" : $"{_received:N0} had come")}."));
                return Task.FromResult(ProtocolResponse.Error(400, "The ranges of a body follow each other."));
            }

            _range = new Range(content, isLast);
            SignalLocked();
            return _range.Answer;
        }
    }

    /// <summary>The page ends it before its end.</summary>
    public void Abort(string reason)
    {
        lock (_gate)
        {
            if (!_isEnded)
            {
                FailLocked(new IpcException(IpcErrorCode.Cancelled, $"The page stopped sending its bytes{(reason.Length == 0 ? "." : $": {reason}")}"));
            }
        }
    }

    /// <summary>Reads all of it into one array, which is then <see cref="Bytes"/>.</summary>
    /// <exception cref="IpcException">The page did not send what it announced, or it is more than the document may hold.</exception>
    public async Task BufferAsync(CancellationToken cancellationToken)
    {
        if (Bytes is not null)
        {
            return;
        }

        if (_length is not { } length)
        {
            Bytes = await BufferUnknownAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        // Only when the first bytes are there: an announcement alone holds no memory.
        await RangeAsync(cancellationToken).ConfigureAwait(false);
        Reserve(length);
        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        for (var at = 0; at < bytes.Length;)
        {
            at += await ReadAsync(bytes.AsMemory(at), cancellationToken).ConfigureAwait(false);
        }

        // Its end, or more than was announced.
        await ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false);
        Bytes = bytes;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty && await RangeAsync(cancellationToken).ConfigureAwait(false) is { } range)
        {
            var count = await ReadAsync(range, buffer, cancellationToken).ConfigureAwait(false);
            if (count > 0)
            {
                await CountAsync(range, count).ConfigureAwait(false);
                return count;
            }

            Finish(range);
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Libraries that read pictures and archives know nothing else. The page's bytes come by the UI thread, which must not wait for them.
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_table.IsOnUIThread)
        {
            throw new InvalidOperationException("The bytes of a page cannot be waited for on the UI thread. Use ReadAsync, or run the command elsewhere.");
        }

        WaitForRange();
        return ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Nobody reads it any more: the page is told to stop.</summary>
    protected override void Dispose(bool disposing)
    {
        Range? range;
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            range = _range;
            _range = null;
            SignalLocked();
        }

        _calling.Unregister();
        range?.Return(BodyTable.Gone());
        base.Dispose(disposing);
    }

    private async Task<byte[]> BufferUnknownAsync(CancellationToken cancellationToken)
    {
        using var bytes = new PooledBuffer();
        for (; ; )
        {
            var memory = bytes.GetMemory(64 * 1024);
            var count = await ReadAsync(memory, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return bytes.Span.ToArray();
            }

            Reserve(count);
            bytes.Advance(count);
        }
    }

    private void Reserve(long bytes)
    {
        try
        {
            _table.Reserve(bytes, ReservedBytes);
        }
        catch (IpcException exception)
        {
            Fail(exception);
            throw;
        }

        ReservedBytes += bytes;
    }

    // The range that is to be read; waits for it. Null at the end.
    private async ValueTask<Range?> RangeAsync(CancellationToken cancellationToken)
    {
        for (; ; )
        {
            Task changed;
            lock (_gate)
            {
                _call.ThrowIfCancellationRequested();
                if (_failure is not null)
                {
                    throw _failure;
                }

                ObjectDisposedException.ThrowIf(_isClosed, this);
                if (_range is not null)
                {
                    return _range;
                }

                if (_isEnded)
                {
                    return null;
                }

                changed = _changed.Task;
            }

            await WaitAsync(changed, cancellationToken).ConfigureAwait(false);
        }
    }

    // On this thread, not by a continuation on the pool: where all of its threads are in here none is left to run one.
    private void WaitForRange()
    {
        for (; ; )
        {
            Task changed;
            lock (_gate)
            {
                if (_range is not null || _isEnded || _isClosed || _failure is not null || _call.IsCancellationRequested)
                {
                    return;
                }

                changed = _changed.Task;
            }

            if (!changed.Wait(_length is null ? Timeout.InfiniteTimeSpan : _table.Patience))
            {
                FailForPause();
            }
        }
    }

    // Bytes that the page has at hand come without a pause. A stream may pause for as long as its source does.
    private async Task WaitAsync(Task changed, CancellationToken cancellationToken)
    {
        if (_length is null)
        {
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await changed.WaitAsync(_table.Patience, _table.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            FailForPause();
        }
    }

    private void FailForPause() =>
        Fail(new IpcException(IpcErrorCode.InvalidParams, $"The page announced {_length:N0} bytes, sent {_received:N0}, and nothing more for {_table.Patience.TotalSeconds:N0} s."));

    private async ValueTask<int> ReadAsync(Range range, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await range.Content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or IOException)
        {
            // The document, or the call, ended while its bytes were read.
            Fail(new IpcException(IpcErrorCode.Cancelled, "The page's bytes could not be read to their end.", exception));
            throw _failure!;
        }
    }

    private async ValueTask CountAsync(Range range, int count)
    {
        _received += count;
        range.Count += count;

        if (range.Count > MaxRangeBytes)
        {
            Fail(new IpcException(IpcErrorCode.PayloadTooLarge, $"The page sent more than {MaxRangeBytes:N0} bytes at once."));
            throw _failure!;
        }

        if (_received < _length || _length is null)
        {
            return;
        }

        // The reader has all that was announced and may not come back: whether there is more is looked at now.
        if (_received > _length || await ReadAsync(range, new byte[1], CancellationToken.None).ConfigureAwait(false) > 0)
        {
            Fail(new IpcException(IpcErrorCode.InvalidParams, $"The page announced {_length:N0} bytes and sent more."));
            throw _failure!;
        }

        Finish(range);
    }

    // All of a range has been read: the page may send the next.
    private void Finish(Range range)
    {
        lock (_gate)
        {
            if (_range != range)
            {
                return;
            }

            _range = null;
            _isEnded |= range.IsLast;
            if (range.IsLast && _length is { } length && _received != length)
            {
                FailLocked(new IpcException(IpcErrorCode.InvalidParams, $"The page announced {length:N0} bytes and sent {_received:N0}."));
            }
        }

        range.Return(_failure is { } failure ? ProtocolResponse.Error(400, failure.Message) : BodyTable.Done());
    }

    private void Fail(IpcException failure)
    {
        lock (_gate)
        {
            FailLocked(failure);
        }
    }

    private void FailLocked(IpcException failure)
    {
        _failure ??= failure;
        _range?.Return(ProtocolResponse.Error(400, _failure.Message));
        _range = null;
        SignalLocked();
    }

    private void Signal()
    {
        lock (_gate)
        {
            SignalLocked();
        }
    }

    private void SignalLocked()
    {
        // Who waits looks at the state; who waits next waits for the next change.
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Range(Stream content, bool isLast)
    {
        private readonly TaskCompletionSource<ProtocolResponse> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Stream Content => content;

        public bool IsLast => isLast;

        public long Count { get; set; }

        public Task<ProtocolResponse> Answer => _answer.Task;

        public void Return(ProtocolResponse response) => _answer.TrySetResult(response);
    }
}
