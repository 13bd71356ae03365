using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Oriel.Ipc;

/// <summary>A channel over a stream of bytes: JSON lines and binary frames (docs/ipc.md).</summary>
/// <remarks>
/// With <see cref="OnMessage"/> a thread of its own reads and hands out messages; sends of that thread are gathered until a batch is
/// handled. Without it whoever receives reads.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "What is disposable is released when the channel ends, which disposing brings about.")]
public abstract partial class FramedChannel : IIpcChannel
{
    // A peer that keeps sending what is no message is broken, not unlucky.
    private const int MaxRefused = 16;

    private static readonly long SpinTicks = Stopwatch.Frequency * 50 / 1_000_000;
    private static readonly long HotTicks = Stopwatch.Frequency * 100 / 1_000_000;

    /// <summary>How long a peer that does not read may hold up the end of a channel, unless told otherwise.</summary>
    internal static readonly TimeSpan DefaultLinger = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly ByteTransport _transport;
    private readonly CombiningWriter _writer;
    private readonly FrameReader _frames;
    private readonly ReadWait _wait;
    private readonly TimeSpan _linger;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<IpcMessage, ValueTask>? _handler;
    private ReaderClaim _claim;
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

        _claim.TakeByHandler(Name);
        _handler = handler;
        StartThread(static channel => ((FramedChannel)channel!).ReadLoop(), "reader");
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
        if (!_claim.IsHandlers)
        {
            CloseMemory();
        }

        GC.SuppressFinalize(this);
    }

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

                    // Who writes such frames reads them; its offer may still be on the way.
                    _writer.TakesBinary |= message.IsBinary;
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
        if (!_claim.IsTaken)
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

    private void StartThread(ParameterizedThreadStart start, string what) =>
        new Thread(start, 256 * 1024) { IsBackground = true, Name = $"ipc {what} {Name}" }.Start(this);
}
