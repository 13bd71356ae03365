using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Oriel.Ipc;

/// <summary>Lets many threads write messages to one stream, few system calls for many of them.</summary>
/// <remarks>
/// A sender serialises into a shared buffer under a short lock. Whoever finds the stream idle writes at once, on its own thread and
/// without ever waiting for the peer; everybody else has only appended, and is written by the one who writes. What does not
/// go without waiting is left to a thread of its own. Senders wait, in their order, while the buffer is full.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "Its channel aborts it, which ends the writing thread; the buffers are the collector's then, since a write may be under way.")]
internal sealed partial class CombiningWriter
{
    // Beyond this the sender waits. Two of the kernel's own buffers: the writer is never out of work, and a stalled peer costs little.
    private const int FullBytes = 256 * 1024;

    // From here on a payload is written from where it lies: copying it costs more than the second part of a vectored write.
    private const int LargeBytes = 16 * 1024;

    // From here on the kernel's buffer does not take it at once, so its sender waits until it has gone.
    private const int HugeBytes = 128 * 1024;

    // From here on bytes go through shared memory, where there is any: measured, the socket alone is faster below 64 KB, and
    // at 1 MB takes more than twice as long.
    private const int SharedBytes = 64 * 1024;

    // An event that follows another within this time goes to the writing thread, which combines: 1.2 million events a second with a
    // system call each, several times that in batches. A lone event is written at once, without the 5 to 40 us of a thread's waking.
    private static readonly long BurstTicks = Stopwatch.Frequency * 20 / 1_000_000;

    private readonly Lock _gate = new();
    private readonly ByteTransport _transport;
    private readonly IpcChannelMetrics _metrics;
    private readonly Action<IOException> _onBroken;
    private readonly string _name;
    private readonly int _maxBytes;
    private PooledBuffer _pending = new();
    private PooledBuffer _writing = new();
    private TaskCompletionSource? _drained;
    private IpcException? _refusal;
    private long _lastWrite;
    private int _written;
    private int _pendingMessages;
    private int _batchThread;
    private bool _isWriting;
    private volatile bool _isAborted;

    public CombiningWriter(string name, ByteTransport transport, IpcLimits limits, IpcChannelMetrics metrics, Action<IOException> onBroken)
    {
        _name = name;
        _maxBytes = limits.MaxMessageBytes;
        _transport = transport;
        _metrics = metrics;
        _onBroken = onBroken;
    }

    /// <summary>Whether the peer reads binary frames.</summary>
    public bool TakesBinary { get; set; }

    /// <summary>Where large payloads of bytes go, when the peer reads them there.</summary>
    public SharedRing? Shared { get; set; }

    /// <summary>Appends or writes a message, if that needs no waiting.</summary>
    /// <param name="message">The message.</param>
    /// <param name="mayWait">Whether the sender waits if it must: then a huge message is not copied, since its memory stays.</param>
    public bool TryWrite(in IpcMessage message, bool mayWait)
    {
        bool isVectored;
        Span<byte> reference = stackalloc byte[SharedRing.ReferenceBytes];
        lock (_gate)
        {
            Check(message);
            if (_waiting.Count > 0 || _pending.Length >= FullBytes)
            {
                return false;
            }

            var isShared = message.IsBinary && message.Data.Length >= SharedBytes && Shared is { } ring && ring.TryWrite(message.Data.Span, reference);
            if (mayWait && !isShared && message.Data.Length >= HugeBytes)
            {
                return false;
            }

            isVectored = !isShared && message.Data.Length >= LargeBytes && _transport.CanTry && !_isWriting && _pending.Length == 0;
            if (isVectored)
            {
                WriteHead(_writing, message);
                _isWriting = true;
            }
            else if (!Append(message, isShared ? reference : default))
            {
                return true;
            }
        }

        if (isVectored)
        {
            WriteVectored(message);
        }
        else
        {
            WriteTaken();
        }

        if (IsNotice(message.Kind))
        {
            Volatile.Write(ref _lastWrite, Stopwatch.GetTimestamp());
        }

        return true;
    }

    /// <summary>Says something about shared memory: an offer, or with no path that it is mapped.</summary>
    public void WriteSharedMemory(string path, long ringBytes)
    {
        lock (_gate)
        {
            BinaryFrame.WriteSharedMemory(_pending, path, ringBytes);
            if (_isWriting)
            {
                return;
            }

            _isWriting = true;
            WakeWriter();
        }
    }

    /// <summary>From here to <see cref="EndBatch"/>, what this thread sends is only appended.</summary>
    public void BeginBatch() => Volatile.Write(ref _batchThread, Environment.CurrentManagedThreadId);

    /// <summary>Writes what was appended.</summary>
    public void EndBatch()
    {
        Volatile.Write(ref _batchThread, 0);
        lock (_gate)
        {
            if (_isWriting || (_pending.Length == 0 && _waiting.Count == 0))
            {
                return;
            }

            _isWriting = true;
            if (_waiting.Count > 0 || !_transport.CanTry)
            {
                WakeWriter();
                return;
            }

            TakeOverPending();
        }

        WriteTaken();
    }

    /// <summary>Waits until nothing is left to write.</summary>
    public Task DrainAsync()
    {
        EndBatchOf(Environment.CurrentManagedThreadId);
        lock (_gate)
        {
            if (_isAborted || (!_isWriting && _pending.Length == 0 && _waiting.Count == 0))
            {
                return Task.CompletedTask;
            }

            return (_drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Refuses everything from now on; what was taken is still written.</summary>
    public void Complete(IpcException refusal)
    {
        lock (_gate)
        {
            _refusal ??= refusal;
        }
    }

    /// <summary>Gives up what is not written, and fails those who wait.</summary>
    public void Abort(IpcException refusal)
    {
        WaitingMessage[] waiting;
        TaskCompletionSource? drained;
        SemaphoreSlim? wake;
        lock (_gate)
        {
            _refusal ??= refusal;
            refusal = _refusal;
            waiting = _waiting.TakeAll();
            _pending.Dispose();
            _pendingMessages = 0;
            drained = _drained;
            _drained = null;
            wake = _wake;
            _isAborted = true;
            Shared = null;
        }

        foreach (var sender in waiting)
        {
            sender.Fail(refusal);
        }

        drained?.TrySetResult();
        wake?.Release();
    }

    private void EndBatchOf(int thread)
    {
        if (Volatile.Read(ref _batchThread) == thread)
        {
            EndBatch();
            BeginBatch();
        }
    }

    private void Check(in IpcMessage message)
    {
        if (_refusal is { } refusal)
        {
            // A new one for each: an exception that is thrown twice mixes its stack traces.
            throw new IpcException(refusal.Error);
        }

        // Here, where the sender hears of it: what waits is written by a thread that has nobody to tell.
        if (message.Kind is IpcMessageKind.Unknown or > IpcMessageKind.Credit)
        {
            throw new IpcException(IpcErrorCode.InvalidRequest, $"A message of kind {message.Kind} cannot be written. Set IpcMessage.Kind, or use a method that makes the message.");
        }

        if (message.Data.Length > _maxBytes)
        {
            throw new IpcException(IpcErrorCode.PayloadTooLarge, $"The message has {message.Data.Length:N0} bytes; at most {_maxBytes:N0} are sent.");
        }

        if (message.IsBinary && !TakesBinary)
        {
            throw new IpcException(IpcErrorCode.InvalidRequest, $"The peer of \"{_name}\" has not offered to read binary frames. Send JSON, or wait for its \"ready\".");
        }
    }

    // What nobody waits for an answer to.
    private static bool IsNotice(IpcMessageKind kind) => kind is IpcMessageKind.Event or IpcMessageKind.Next or IpcMessageKind.Data;

    // Under the lock. True when the caller has the turn to write.
    private bool Append(in IpcMessage message, ReadOnlySpan<byte> reference)
    {
        var before = _pending.Length;
        try
        {
            if (reference.IsEmpty)
            {
                WriteTo(_pending, message);
            }
            else
            {
                BinaryFrame.WriteShared(_pending, message, reference);
            }
        }
        catch
        {
            _pending.Truncate(before);
            if (!reference.IsEmpty)
            {
                Shared!.Undo();
            }

            throw;
        }

        _pendingMessages++;
        _metrics.OnSent(reference.IsEmpty ? _pending.Length - before : message.Data.Length);
        _metrics.OnQueued(_pendingMessages);

        if (_isWriting || _batchThread == Environment.CurrentManagedThreadId)
        {
            return false;
        }

        _isWriting = true;
        if (!_transport.CanTry || (IsNotice(message.Kind) && Stopwatch.GetTimestamp() - _lastWrite < BurstTicks))
        {
            WakeWriter();
            return false;
        }

        TakeOverPending();
        return true;
    }

    private void WriteTo(PooledBuffer output, in IpcMessage message)
    {
        var before = output.Length;
        if (message.IsBinary)
        {
            WriteHead(output, message);
            var span = output.GetSpan(message.Data.Length);
            message.Data.Span.CopyTo(span);
            output.Advance(message.Data.Length);
            return;
        }

        EnvelopeWriter.Write(output, message);
        RefuseTooLarge(output.Length - before);
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
    }

    // Everything in front of the payload; nothing when it throws.
    private void WriteHead(PooledBuffer output, in IpcMessage message)
    {
        var before = output.Length;
        try
        {
            if (message.IsBinary)
            {
                BinaryFrame.WriteHead(output, message);
                RefuseTooLarge((long)output.Length - before - BinaryFrame.HeadBytes + message.Data.Length);
            }
            else
            {
                EnvelopeWriter.WriteHead(output, message);
                RefuseTooLarge((long)output.Length - before + message.Data.Length + 1);
            }
        }
        catch
        {
            output.Truncate(before);
            throw;
        }
    }

    // With what stands around the payload: for a longer line or frame a peer with the same limit ends the connection.
    private void RefuseTooLarge(long bytes)
    {
        if (bytes > _maxBytes)
        {
            throw new IpcException(IpcErrorCode.PayloadTooLarge, $"The message has {bytes:N0} bytes; at most {_maxBytes:N0} are sent.");
        }
    }

    private static ReadOnlySpan<byte> TailOf(in IpcMessage message) => message.IsBinary ? default : "}\n"u8;

    // Under the lock, with the turn: what is pending becomes what is written.
    private bool TakeOverPending()
    {
        if (_pending.Length == 0)
        {
            return false;
        }

        (_pending, _writing) = (_writing, _pending);
        _written = 0;
        _pendingMessages = 0;
        return true;
    }

    // With the turn. Writes what was taken over, and what came meanwhile once; the rest is for the writing thread.
    private void WriteTaken()
    {
        try
        {
            for (var round = 0; ; round++)
            {
                _written += _transport.TryWrite(_writing.Span[_written..]);
                var isWhole = _written == _writing.Length;
                if (isWhole)
                {
                    Empty(_writing);
                }

                lock (_gate)
                {
                    if (!isWhole || _waiting.Count > 0)
                    {
                        WakeWriter();
                        return;
                    }

                    if (!TakeOverPending())
                    {
                        BecomeIdle(keepTurn: false);
                        return;
                    }

                    if (round > 0)
                    {
                        WakeWriter();
                        return;
                    }
                }
            }
        }
        catch (IOException exception)
        {
            Break(exception);
        }
    }

    // With the turn, and the head in the buffer. Of what the stream does not take at once a copy is kept: the memory is the sender's.
    private void WriteVectored(in IpcMessage message)
    {
        try
        {
            var tail = TailOf(message);
            var head = _writing.Length;
            _metrics.OnSent(head + message.Data.Length + tail.Length);
            _written = _transport.TryWrite(_writing.Span, message.Data.Span, tail);

            if (_written < head + message.Data.Length + tail.Length)
            {
                _writing.Write(message.Data.Span);
                _writing.Write(tail);
            }
            else
            {
                _writing.Truncate(0);
                _written = 0;
            }
        }
        catch (IOException exception)
        {
            Break(exception);
            return;
        }

        if (_writing.Length > 0)
        {
            HandOver();
            return;
        }

        WriteTaken();
    }

    // Under the lock.
    private void BecomeIdle(bool keepTurn)
    {
        _isWriting = keepTurn;
        if (_waiting.Count == 0 && _drained is { } drained)
        {
            _drained = null;
            drained.TrySetResult();
        }
    }

    private void HandOver()
    {
        lock (_gate)
        {
            WakeWriter();
        }
    }

    private void Break(IOException exception)
    {
        lock (_gate)
        {
            _isWriting = false;
        }

        _onBroken(exception);
    }

    // A buffer that one large batch has grown is not kept for ever.
    private static void Empty(PooledBuffer buffer)
    {
        if (buffer.Length > 2 * FullBytes)
        {
            buffer.Dispose();
        }
        else
        {
            buffer.Truncate(0);
        }
    }
}
