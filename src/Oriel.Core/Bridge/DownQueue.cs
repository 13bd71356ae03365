using System.Buffers;
using System.Threading.Tasks.Sources;
using Oriel.Engines;
using Oriel.Ipc;

namespace Oriel;

/// <summary>The lines on their way to one document: ordered, bounded, read by the engine as a stream.</summary>
/// <remarks>
/// WebKit drains a response whether or not the page reads it (measured: 1.1 GB in 7 s into a page that had stopped), so the
/// page acknowledges the bytes that it has handled, and reading stays pending while more than <see cref="Window"/> are out.
/// </remarks>
internal sealed class DownQueue : ReadOnlyStream, IValueTaskSource<int>
{
    // Measured: a window of 64 KB costs no rate against 1 MB; 256 KB leaves room for a busy page.
    public const int Window = 256 * 1024;

    // What waits here beyond the window. A deeper queue only buys latency.
    private const int Capacity = 256 * 1024;

    // Senders that nobody awaits must not pile up either.
    private const int MaxWaiting = 1_024;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _start;
    private int _end;
    private int _outstanding;
    private bool _completed;

    private ManualResetValueTaskSourceCore<bool> _readable;
    private bool _isReadPending;
    private Memory<byte> _destination;

    /// <summary>How many lines have been taken so far, which is the place of the next answer among them.</summary>
    public long LinesTaken { get; private set; }

    private int Readable => _completed && _end == _start ? 0 : Math.Min(_end - _start, Window - _outstanding);

    /// <summary>Takes a line, which ends with its line feed; waits while the page is behind.</summary>
    /// <exception cref="IpcException">
    /// <see cref="IpcErrorCode.Disconnected"/>: the document is gone; <see cref="IpcErrorCode.Busy"/>: too many senders wait already.
    /// </exception>
    public ValueTask EnqueueAsync(ReadOnlySpan<byte> line, CancellationToken cancellationToken) => EnqueueAsync(line, MaxWaiting, cancellationToken);

    /// <summary>Takes a line like <see cref="EnqueueAsync(ReadOnlySpan{byte}, CancellationToken)"/>, however many wait already.</summary>
    /// <remarks>For answers: the peer bounds them by the calls in flight, and one that was refused here would leave its caller waiting.</remarks>
    public ValueTask EnqueueAnswerAsync(ReadOnlySpan<byte> line, CancellationToken cancellationToken) => EnqueueAsync(line, int.MaxValue, cancellationToken);

    private ValueTask EnqueueAsync(ReadOnlySpan<byte> line, int maxWaiting, CancellationToken cancellationToken)
    {
        var wake = false;
        try
        {
            lock (_gate)
            {
                if (_completed)
                {
                    throw Gone();
                }

                if (_waiting.Count > 0 || !HasRoom(line.Length))
                {
                    return WaitAsync(line, maxWaiting, cancellationToken);
                }

                Append(line);
                wake = TakePendingRead();
            }
        }
        finally
        {
            Wake(wake);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The page has handled so many bytes.</summary>
    public void Acknowledge(int bytes)
    {
        bool wake;
        lock (_gate)
        {
            // A page that acknowledges more than it got only opens its own window.
            _outstanding = Math.Max(0, _outstanding - Math.Max(0, bytes));
            wake = TakePendingRead();
        }

        Wake(wake);
    }

    /// <summary>Ends the stream; who waits to send is told that the document is gone.</summary>
    public void Complete()
    {
        Waiting[] waiting;
        bool wake;
        lock (_gate)
        {
            if (_completed)
            {
                return;
            }

            _completed = true;
            _start = _end = 0;
            waiting = [.. _waiting];
            _waiting.Clear();
            wake = TakePendingRead();
        }

        foreach (var sender in waiting)
        {
            sender.Fail(Gone());
        }

        Wake(wake);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_isReadPending)
            {
                throw new InvalidOperationException("One read at a time.");
            }

            if (_completed || Readable > 0)
            {
                return new ValueTask<int>(Take(buffer.Span));
            }

            _readable.Reset();
            _isReadPending = true;
            _destination = buffer;
            return new ValueTask<int>(this, _readable.Version);
        }
    }

    /// <summary>What is there at once, for a reader that polls; 0 when nothing is.</summary>
    public int TryRead(Span<byte> buffer)
    {
        lock (_gate)
        {
            return Take(buffer);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // The copy is made when the reader comes back, not when it was woken: all that was sent meanwhile goes along.
    int IValueTaskSource<int>.GetResult(short token)
    {
        _readable.GetResult(token);
        lock (_gate)
        {
            var destination = _destination;
            _destination = default;
            return Take(destination.Span);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _readable.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _readable.OnCompleted(continuation, state, token, flags);

    protected override void Dispose(bool disposing)
    {
        Complete();
        base.Dispose(disposing);
    }

    private int Take(Span<byte> destination)
    {
        var count = Math.Max(0, Math.Min(Readable, destination.Length));
        _buffer.AsSpan(_start, count).CopyTo(destination);
        _start += count;
        _outstanding += count;

        if (_start == _end)
        {
            _start = _end = 0;
        }

        while (_waiting.TryPeek(out var sender) && HasRoom(sender.Line.Length))
        {
            _waiting.Dequeue();
            if (sender.TryAccept())
            {
                Append(sender.Line.Span);
            }

            sender.Line.Dispose();
        }

        return count;
    }

    // A line larger than the capacity is taken when nothing else waits: otherwise it never would be.
    private bool HasRoom(int length) => _end == _start || _end - _start + length <= Capacity;

    private void Append(ReadOnlySpan<byte> line)
    {
        if (_buffer.Length - _end < line.Length)
        {
            MakeRoom(line.Length);
        }

        line.CopyTo(_buffer.AsSpan(_end));
        _end += line.Length;
        LinesTaken++;
    }

    private void MakeRoom(int length)
    {
        var count = _end - _start;
        if (_buffer.Length >= (count + length) * 2)
        {
            _buffer.AsSpan(_start, count).CopyTo(_buffer);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked((count + length) * 2));
            _buffer.AsSpan(_start, count).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        _start = 0;
        _end = count;
    }

    private ValueTask WaitAsync(ReadOnlySpan<byte> line, int maxWaiting, CancellationToken cancellationToken)
    {
        if (_waiting.Count >= maxWaiting)
        {
            ForgetCancelled();
        }

        if (_waiting.Count >= maxWaiting)
        {
            throw new IpcException(IpcErrorCode.Busy, $"{MaxWaiting:N0} messages wait for the page already. Await each before you send the next.");
        }

        var sender = new Waiting(PooledBuffer.CopyOf(line), cancellationToken);
        _waiting.Enqueue(sender);
        return new ValueTask(sender.Task);
    }

    private void ForgetCancelled()
    {
        for (var count = _waiting.Count; count > 0; count--)
        {
            var sender = _waiting.Dequeue();
            if (sender.Task.IsCompleted)
            {
                sender.Line.Dispose();
            }
            else
            {
                _waiting.Enqueue(sender);
            }
        }
    }

    private bool TakePendingRead()
    {
        if (!_isReadPending || !(_completed || Readable > 0))
        {
            return false;
        }

        _isReadPending = false;
        return true;
    }

    // Outside of the lock: the reader's continuation may run right here.
    private void Wake(bool wake)
    {
        if (wake)
        {
            _readable.SetResult(true);
        }
    }

    private static IpcException Gone() => new(IpcErrorCode.Disconnected, "The document is gone.");

    private sealed class Waiting
    {
        private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenRegistration _registration;

        public Waiting(PooledBuffer line, CancellationToken cancellationToken)
        {
            Line = line;
            _registration = cancellationToken.UnsafeRegister(static (sender, token) => ((Waiting)sender!)._accepted.TrySetCanceled(token), this);
        }

        public PooledBuffer Line { get; }

        public Task Task => _accepted.Task;

        /// <summary>Whether the sender still wants it sent.</summary>
        public bool TryAccept()
        {
            _registration.Unregister();
            return _accepted.TrySetResult();
        }

        public void Fail(Exception exception)
        {
            _registration.Unregister();
            Line.Dispose();
            _accepted.TrySetException(exception);
        }
    }
}
