using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Oriel.Ipc;

/// <summary>A channel over a stream of bytes: JSON lines and binary frames (docs/ipc.md).</summary>
/// <remarks>
/// With <see cref="OnMessage"/> a thread of its own reads and hands out messages; sends of that thread are gathered until a batch is
/// handled. Without it whoever receives reads.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "What is disposable is released when the channel ends, which disposing brings about.")]
public abstract class FramedChannel : IIpcChannel
{
    // A peer that keeps sending what is no message is broken, not unlucky.
    private const int MaxRefused = 16;

    // Who reads, for good.
    private const int None = 0;
    private const int Receiver = 1;
    private const int Handler = 2;

    // Of the receiver's claim: the memory is being let go of, which takes a moment.
    private const int Closing = 2;

    private static readonly long SpinTicks = Stopwatch.Frequency * 50 / 1_000_000;
    private static readonly long HotTicks = Stopwatch.Frequency * 100 / 1_000_000;

    /// <summary>How long a peer that does not read may hold up the end of a channel, unless told otherwise.</summary>
    internal static readonly TimeSpan DefaultLinger = TimeSpan.FromSeconds(5);

    // A socket is polled for 35 minutes at most: it counts microseconds in 32 bits.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly ByteTransport _transport;
    private readonly CombiningWriter _writer;
    private readonly FrameReader _frames;
    private readonly ReadWait _wait;
    private readonly TimeSpan _linger;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<IpcMessage, ValueTask>? _handler;
    private TaskCompletionSource? _filling;
    private SemaphoreSlim? _fillRequests;
    private SharedMemory? _memory;
    private long _sharedEnd;
    private int _reader;
    private int _receiving;
    private int _refused;
    private bool _isHot;
    private volatile bool _isEnded;
    private bool _hasEnded;
    private volatile bool _isDisposed;
    private volatile bool _isShutdown;

    private protected FramedChannel(string name, string kind, ByteTransport transport, IpcLimits limits, ReadWait wait, TimeSpan? linger = null)
    {
        Name = name;
        Limits = limits.Checked();
        Metrics = new IpcChannelMetrics(name, kind);
        _transport = transport;
        _wait = wait;
        _linger = linger ?? DefaultLinger;
        _frames = new FrameReader(limits);
        _writer = new CombiningWriter(name, transport, limits, Metrics, OnBroken);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Task Closed => _closed.Task;

    /// <inheritdoc/>
    public IpcError? Error { get; private set; }

    /// <inheritdoc/>
    public bool IsShutdown => _isShutdown;

    /// <inheritdoc/>
    public IpcChannelMetrics Metrics { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> WireFeatures => [];

    private protected IpcLimits Limits { get; }

    /// <inheritdoc/>
    public bool TrySend(in IpcMessage message) => _writer.TryWrite(message, mayWait: false);

    /// <inheritdoc/>
    public ValueTask SendAsync(IpcMessage message, CancellationToken cancellationToken = default) => _writer.WriteAsync(message, cancellationToken);

    /// <inheritdoc/>
    public void OnMessage(Func<IpcMessage, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);

        if (Interlocked.CompareExchange(ref _reader, Handler, None) != None)
        {
            throw AlreadyRead();
        }

        _handler = handler;
        StartThread(static channel => ((FramedChannel)channel!).ReadLoop(), "reader");
    }

    /// <inheritdoc/>
    public IpcMessage? Receive(TimeSpan timeout)
    {
        using var receiving = BeginReceiving();
        var deadline = DeadlineOf(timeout);

        for (; ; )
        {
            if (TryTake(out var message))
            {
                return message;
            }

            if (_isEnded)
            {
                return null;
            }

            if (deadline == long.MaxValue && _transport.CanTry && _filling is not { Task.IsCompleted: false })
            {
                EndUnless(Fill());
                continue;
            }

            var now = Stopwatch.GetTimestamp();
            var left = deadline == long.MaxValue ? Timeout.InfiniteTimeSpan : Stopwatch.GetElapsedTime(now, Math.Max(deadline, now));
            if (!TryFillNow() && !WaitForBytes(left) && Stopwatch.GetTimestamp() >= deadline)
            {
                throw new IpcException(IpcErrorCode.Timeout, $"Nothing arrived on \"{Name}\" within {timeout}.");
            }
        }
    }

    /// <inheritdoc/>
    public bool TryReceive(out IpcMessage message)
    {
        using var receiving = BeginReceiving();
        do
        {
            if (TryTake(out message))
            {
                return true;
            }
        }
        while (!_isEnded && TryFillNow());

        return false;
    }

    /// <inheritdoc/>
    public async ValueTask<IpcMessage?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        using var receiving = BeginReceiving();
        for (; ; )
        {
            if (TryTake(out var message))
            {
                return message;
            }

            if (_isEnded)
            {
                return null;
            }

            if (!TryFillNow())
            {
                await FillAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DrainAsync(TimeSpan timeout)
    {
        try
        {
            await _writer.DrainAsync().WaitAsync(timeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new IpcException(IpcErrorCode.Timeout, $"The peer of \"{Name}\" has not taken everything within {timeout}.");
        }
    }

    /// <inheritdoc/>
    public void Shutdown()
    {
        lock (_gate)
        {
            if (_isShutdown)
            {
                return;
            }

            _isShutdown = true;
        }

        _writer.Complete(new IpcException(IpcErrorCode.ShuttingDown, $"The channel \"{Name}\" is shutting down."));
        var drained = _writer.DrainAsync();
        if (drained.IsCompleted)
        {
            EndReading(null);
        }
        else
        {
            _ = EndWhenDrainedAsync(drained);
        }
    }

    /// <inheritdoc/>
    public void Abort(IpcError reason) => EndReading(reason);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Shutdown();
        await Closed.ConfigureAwait(false);

        // A reading thread lets go of the memory at its end, where the last message has been handled.
        _isDisposed = true;
        if (_reader != Handler)
        {
            CloseMemory();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Sees what the peer says of shared memory: an offer, or with no text that it has mapped ours.</summary>
    private protected virtual void OnSharedMemory(ReadOnlySpan<byte> path, IpcId ringBytes) =>
        Refuse(default, new IpcError(IpcErrorCode.InvalidRequest, "This channel has no shared memory."), isLast: false);

    /// <summary>Makes a memory that both sides have mapped the place of large payloads.</summary>
    private protected void OfferSharedMemory(SharedMemory memory)
    {
        _memory = memory;
        _writer.WriteSharedMemory(memory.Path, memory.RingBytes);
    }

    /// <summary>Uses a memory that the peer has made.</summary>
    private protected void TakeSharedMemory(SharedMemory memory)
    {
        _memory = memory;
        _writer.WriteSharedMemory("", 0);
        _writer.Shared = memory.Outgoing;
    }

    /// <summary>The peer has mapped the memory that it was offered.</summary>
    private protected void UseSharedMemory() => _writer.Shared = _memory?.Outgoing;

    /// <summary>Sees each <c>ready</c> of the peer before its handler does.</summary>
    private protected virtual void OnReady(IpcReady ready)
    {
        if (ready.Wire.Contains(IpcReady.BinaryFrames) && WireFeatures.Contains(IpcReady.BinaryFrames))
        {
            _writer.TakesBinary = true;
        }
    }

    private async Task EndWhenDrainedAsync(Task drained)
    {
        try
        {
            await drained.WaitAsync(_linger).ConfigureAwait(false);
            EndReading(null);
        }
        catch (TimeoutException)
        {
            EndReading(new IpcError(IpcErrorCode.Timeout, $"The peer of \"{Name}\" did not read what was left when the channel was shut down."));
        }
    }

    private void ReadLoop()
    {
        IpcError? failure = null;
        try
        {
            while (HandleBuffered() && Fill())
            {
            }
        }
        catch (Exception exception)
        {
            Metrics.OnError();
            failure = new IpcError(IpcErrorCode.InternalError, $"A message of \"{Name}\" could not be handled: {exception.Message}");
        }

        EndReading(failure);

        // Here, where the last message has been handled; the writer has let go of it.
        _frames.Dispose();
        _memory?.Close();
    }

    // False when the stream is of no more use.
    private bool HandleBuffered()
    {
        _writer.BeginBatch();
        try
        {
            while (TryTake(out var message))
            {
                var handled = _handler!(message);
                if (handled.IsCompletedSuccessfully)
                {
                    continue;
                }

                // What the handler waits for may be the answer to something that was gathered.
                _writer.EndBatch();
                handled.AsTask().GetAwaiter().GetResult();
                _writer.BeginBatch();
            }
        }
        finally
        {
            _writer.EndBatch();
        }

        return !_isEnded;
    }

    // Takes a message that has arrived whole; what is none is answered.
    private bool TryTake(out IpcMessage message)
    {
        ReleaseShared();
        for (; ; )
        {
            // Of what the peer sent nothing is left at its end; so this side has ended, and what handles messages may be gone.
            if (_isEnded)
            {
                message = default;
                return false;
            }

            // A receiver's pending read owns the buffer.
            if (_filling is { Task.IsCompleted: false })
            {
                message = default;
                return false;
            }

            var result = _frames.TryRead(out message, out var error, out var bytes);
            switch (result)
            {
                case FrameResult.Message when message.IsShared:
                    if (TryResolveShared(ref message))
                    {
                        return true;
                    }

                    break;

                case FrameResult.Message:
                    Metrics.OnReceived(bytes);
                    if (message.Kind == IpcMessageKind.Ready && IpcReady.TryRead(message.Data.Span, Limits, out var ready))
                    {
                        OnReady(ready);
                    }

                    return true;

                case FrameResult.Incomplete:
                    return false;

                default:
                    Refuse(IdToAnswer(message), error!, isLast: result == FrameResult.Broken || ++_refused >= MaxRefused);
                    if (TryMakeFailure(ref message, error!))
                    {
                        return true;
                    }

                    break;
            }
        }
    }

    // Both sides draw ids from the same numbers: an error with the id of a refused answer would be taken for the answer to another call.
    private static IpcId IdToAnswer(in IpcMessage refused) => refused.Kind is IpcMessageKind.Request or IpcMessageKind.Unknown ? refused.Id : default;

    // Who waits for an answer that is refused hears at once why, instead of waiting for it until his time is over.
    private bool TryMakeFailure(ref IpcMessage refused, IpcError error)
    {
        if (refused.Id.IsNone || refused.Kind is not (IpcMessageKind.Response or IpcMessageKind.Next or IpcMessageKind.Done))
        {
            return false;
        }

        if (refused.Kind == IpcMessageKind.Next && !_isEnded)
        {
            // Nobody takes what is left of the stream.
            TrySendQuietly(new IpcMessage { Kind = IpcMessageKind.Cancel, Id = refused.Id });
        }

        refused = IpcMessage.Failure(refused.Id, error);
        return true;
    }

    // Puts the bytes themselves in the place of their reference. False when there is nothing to hand out.
    private bool TryResolveShared(ref IpcMessage message)
    {
        if (message.Kind == IpcMessageKind.Ready)
        {
            OnSharedMemory(message.Data.Span, message.Id);
            return false;
        }

        if (_memory is { } memory && memory.Incoming.TryRead(message.Data.Span, out var payload, out _sharedEnd))
        {
            Metrics.OnReceived(payload.Length);
            message = message with { Data = payload, IsShared = false, Raw = default };
            return true;
        }

        Refuse(IdToAnswer(message), new IpcError(IpcErrorCode.InvalidRequest, "A frame says that its payload is in shared memory, and it is not."), isLast: true);
        return false;
    }

    // The peer may write there again: the message before this has been handled.
    private void ReleaseShared()
    {
        if (_sharedEnd > 0)
        {
            _memory!.Incoming.Release(_sharedEnd);
            _sharedEnd = 0;
        }
    }

    private void Refuse(IpcId id, IpcError error, bool isLast)
    {
        Metrics.OnError();
        TrySendQuietly(IpcMessage.Failure(id, error));
        if (isLast)
        {
            _isEnded = true;
            Error ??= error;
            _writer.EndBatch();
            Shutdown();
        }
    }

    private void TrySendQuietly(in IpcMessage message)
    {
        try
        {
            // If there is no room, the peer sends rubbish and does not read either.
            _writer.TryWrite(message, mayWait: false);
        }
        catch (IpcException)
        {
            // The channel is closing.
        }
    }

    // Blocks until there are bytes; false at the end.
    private bool Fill()
    {
        try
        {
            var free = _frames.Free;
            if (_isHot && TrySpin(free, out var count))
            {
                return Take(count);
            }

            var before = Stopwatch.GetTimestamp();
            count = _transport.Read(free);
            _isHot = _wait == ReadWait.Adaptive && Stopwatch.GetTimestamp() - before < HotTicks;
            return Take(count);
        }
        catch (IOException exception)
        {
            return Break(exception);
        }
    }

    private bool TrySpin(Span<byte> free, out int count)
    {
        if (_transport.CanTry)
        {
            var start = Stopwatch.GetTimestamp();
            do
            {
                count = _transport.TryRead(free);
                if (count != ByteTransport.WouldWait)
                {
                    return true;
                }

                // Not a pause: on one core the peer must get to run.
                Thread.Yield();
            }
            while (Stopwatch.GetTimestamp() - start < SpinTicks);
        }

        count = 0;
        return false;
    }

    // Reads what is there; false when that is nothing.
    private bool TryFillNow()
    {
        if (!_transport.CanTry || _filling is { Task.IsCompleted: false })
        {
            return false;
        }

        try
        {
            var count = _transport.TryRead(_frames.Free);
            if (count == ByteTransport.WouldWait)
            {
                return false;
            }

            EndUnless(Take(count));
        }
        catch (IOException exception)
        {
            EndUnless(Break(exception));
        }

        return true;
    }

    // A time that is longer than the clock counts is for ever.
    private static long DeadlineOf(TimeSpan timeout)
    {
        var now = Stopwatch.GetTimestamp();
        var ticks = timeout.TotalSeconds * Stopwatch.Frequency;
        return timeout == Timeout.InfiniteTimeSpan || ticks >= long.MaxValue - now ? long.MaxValue : now + (long)ticks;
    }

    // False when nothing came, maybe before the time was over.
    private bool WaitForBytes(TimeSpan timeout)
    {
        if (timeout > LongestWait)
        {
            timeout = LongestWait;
        }

        if (_transport.CanTry && _filling is not { Task.IsCompleted: false })
        {
            return _transport.WaitToRead(timeout);
        }

        return FillAsync().Wait(timeout);
    }

    // A read by a thread that may block. One that a receiver gave up stays under way, and its bytes are the next receiver's.
    private Task FillAsync()
    {
        if (_filling is { Task.IsCompleted: false } filling)
        {
            return filling.Task;
        }

        _filling = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_fillRequests is null)
        {
            _fillRequests = new SemaphoreSlim(0);
            StartThread(static channel => ((FramedChannel)channel!).FillLoop(), "reader");
        }

        // Either this sees that the channel has ended, or the thread, which that has woken for the last time, sees this request.
        Interlocked.MemoryBarrier();
        if (_isEnded)
        {
            _filling.TrySetResult();
        }

        _fillRequests.Release();
        return _filling.Task;
    }

    private void FillLoop()
    {
        do
        {
            _fillRequests!.Wait();
            EndUnless(_isEnded || Fill());
            _filling?.TrySetResult();
        }
        while (!_isEnded);
    }

    private void EndUnless(bool hasBytes)
    {
        if (!hasBytes)
        {
            EndReading(null);
        }
    }

    private bool Take(int count)
    {
        _frames.Advance(count);
        if (count == 0 && _frames.Incomplete > 0 && !_isShutdown)
        {
            Metrics.OnError();
            Error ??= new IpcError(IpcErrorCode.Disconnected, $"The peer of \"{Name}\" ended in the middle of a message.");
        }

        return count > 0;
    }

    private bool Break(IOException exception)
    {
        if (!_isShutdown)
        {
            Metrics.OnError();
            Error ??= new IpcError(IpcErrorCode.Disconnected, exception.Message);
        }

        return false;
    }

    // Of the writer: what the peer sent before it went can still be read.
    private void OnBroken(IOException exception)
    {
        _writer.Abort(new IpcException(IpcErrorCode.Disconnected, $"The channel \"{Name}\" is closed: {exception.Message}"));
        _transport.Shutdown();

        // Who reads finds the end. Of a channel that only sends nobody would.
        if (Volatile.Read(ref _reader) == None)
        {
            Break(exception);
            EndReading(null);
        }
    }

    private void EndReading(IpcError? failure)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
            _isEnded = true;
            _isShutdown = true;
            Error ??= failure;
        }

        // A read or a write under way keeps the descriptor until it has returned.
        _transport.Shutdown();
        _writer.Abort(new IpcException(IpcErrorCode.Disconnected, $"The channel \"{Name}\" is closed."));
        _transport.Dispose();
        Metrics.Close();
        _fillRequests?.Release();
        _closed.TrySetResult();
    }

    private Receiving BeginReceiving()
    {
        if (Interlocked.CompareExchange(ref _reader, Receiver, None) == Handler)
        {
            throw AlreadyRead();
        }

        var wait = new SpinWait();
        int state;
        while ((state = Interlocked.CompareExchange(ref _receiving, 1, 0)) == Closing)
        {
            wait.SpinOnce();
        }

        return state == 0
            ? new Receiving(this)
            : throw new InvalidOperationException($"The channel \"{Name}\" has a receiver already: one at a time.");
    }

    private void EndReceiving()
    {
        // Either this sees that the channel was disposed, or who disposes it sees that nobody receives.
        Interlocked.Exchange(ref _receiving, 0);
        if (_isDisposed)
        {
            CloseMemory();
        }
    }

    // Unmapping it under a receiver would end the process. So while somebody receives, that is for the end of his call, and while he holds a
    // message that lies there, for his next one, or for the collector.
    private void CloseMemory()
    {
        if (Interlocked.CompareExchange(ref _receiving, Closing, 0) != 0)
        {
            return;
        }

        if (_sharedEnd == 0)
        {
            _memory?.Close();
            _memory = null;
        }
        else
        {
            _memory!.LeaveToCollector();
        }

        Volatile.Write(ref _receiving, 0);
    }

    private InvalidOperationException AlreadyRead() => new($"The channel \"{Name}\" is read already: by a message handler or by receiving, never by both.");

    private void StartThread(ParameterizedThreadStart start, string what) =>
        new Thread(start, 256 * 1024) { IsBackground = true, Name = $"ipc {what} {Name}" }.Start(this);

    private readonly struct Receiving(FramedChannel channel) : IDisposable
    {
        public void Dispose() => channel.EndReceiving();
    }
}
