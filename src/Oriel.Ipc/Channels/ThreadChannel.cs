using System.Threading.Channels;

namespace Oriel.Ipc;

/// <summary>A channel between two parties in one process: bounded, without serialization.</summary>
/// <remarks>
/// Either end closes both directions. What was sent before still arrives at the other end; the end that closed the channel
/// takes nothing more.
/// </remarks>
public class ThreadChannel : IIpcChannel
{
    /// <summary>How many messages wait for their receiver unless told otherwise.</summary>
    public const int DefaultCapacity = 1_024;

    private static readonly string[] Features = [IpcReady.BinaryFrames];

    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ThreadChannel _other = null!;
    private ThreadQueue _incoming = null!;
    private ThreadQueue _outgoing = null!;
    private ThreadQueue.Entry _current;
    private ReaderClaim _claim;
    private int _hasEnded;

    private protected ThreadChannel(string name, string kind)
    {
        Name = name;
        Metrics = new IpcChannelMetrics(name, kind);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Task Closed => _closed.Task;

    /// <inheritdoc/>
    public IpcError? Error { get; private set; }

    /// <inheritdoc/>
    public bool IsShutdown => Volatile.Read(ref _hasEnded) != 0;

    /// <inheritdoc/>
    public IpcChannelMetrics Metrics { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> WireFeatures => Features;

    /// <summary>How many messages wait for this end.</summary>
    private protected int Waiting => _incoming.Count;

    /// <summary>Creates both ends of a channel.</summary>
    /// <param name="capacity">How many messages wait in each direction before a sender has to wait; 1 or more.</param>
    public static (ThreadChannel First, ThreadChannel Second) CreatePair(int capacity = DefaultCapacity) =>
        CreatePair(new ThreadChannelOptions { Capacity = capacity });

    /// <summary>Creates both ends of a channel.</summary>
    public static (ThreadChannel First, ThreadChannel Second) CreatePair(ThreadChannelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        var first = Create($"{options.Name}_a");
        var second = Create($"{options.Name}_b");
        Connect(first, second, options);
        return (first, second);
    }

    /// <inheritdoc/>
    /// <remarks>Where messages are dropped, true says that the channel has taken the message, not that it will arrive.</remarks>
    public bool TrySend(in IpcMessage message)
    {
        try
        {
            if (!_outgoing.TryWrite(message))
            {
                return false;
            }
        }
        catch (ChannelClosedException)
        {
            throw ChannelClosed();
        }

        _other.OnArrived();
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(IpcMessage message, CancellationToken cancellationToken = default)
    {
        try
        {
            await _outgoing.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw ChannelClosed();
        }

        _other.OnArrived();
    }

    /// <inheritdoc/>
    public async ValueTask<IpcMessage?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        using var receiving = BeginReceiving();
        do
        {
            if (TryTake(out var message))
            {
                return message;
            }
        }
        while (await _incoming.WaitToReadAsync(cancellationToken).ConfigureAwait(false));

        return null;
    }

    /// <inheritdoc/>
    public IpcMessage? Receive(TimeSpan timeout)
    {
        using (BeginReceiving())
        {
            if (TryTake(out var message))
            {
                return message;
            }
        }

        // A timer counts milliseconds in 32 bits; longer than that, some 49 days, is for ever.
        if (timeout == Timeout.InfiniteTimeSpan || timeout.TotalMilliseconds >= uint.MaxValue - 1)
        {
            return ReceiveAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }

        using var limit = new CancellationTokenSource(timeout);
        try
        {
            return ReceiveAsync(limit.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new IpcException(IpcErrorCode.Timeout, $"Nothing arrived on \"{Name}\" within {timeout}.");
        }
    }

    /// <inheritdoc/>
    public bool TryReceive(out IpcMessage message)
    {
        using var receiving = BeginReceiving();
        return TryTake(out message);
    }

    /// <inheritdoc/>
    public void OnMessage(Func<IpcMessage, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);

        _claim.TakeByHandler(Name);
        BeginHandling(handler);
    }

    /// <summary>Waits until the other end has taken everything that was sent, or takes nothing more.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.Timeout"/>: it has not.</exception>
    public async ValueTask DrainAsync(TimeSpan timeout)
    {
        try
        {
            await _outgoing.DrainAsync().WaitAsync(timeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new IpcException(IpcErrorCode.Timeout, $"The other end of \"{Name}\" has not taken everything within {timeout}.");
        }
    }

    /// <inheritdoc/>
    public void Shutdown() => End(null);

    /// <inheritdoc/>
    public void Abort(IpcError reason) => End(reason);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Shutdown();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected static ThreadChannel Create(string name) => new(name, "thread");

    private protected static void Connect(ThreadChannel first, ThreadChannel second, ThreadChannelOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Name);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Capacity, 1);

        first._other = second;
        second._other = first;
        first._outgoing = second._incoming = new ThreadQueue(options, first.Metrics);
        second._outgoing = first._incoming = new ThreadQueue(options, second.Metrics);
        first.EndWhenEmpty();
        second.EndWhenEmpty();
    }

    /// <summary>Has a handler called with what arrives.</summary>
    private protected virtual void BeginHandling(Func<IpcMessage, ValueTask> handler) => _ = Task.Run(() => HandleAllAsync(handler));

    /// <summary>Told after a message for this end was queued, by its sender.</summary>
    private protected virtual void OnArrived()
    {
    }

    /// <summary>Takes the next message, and the memory of the one before back.</summary>
    private protected bool TryTake(out IpcMessage message)
    {
        _current.Release();
        if (!_incoming.TryRead(out _current))
        {
            message = default;
            return false;
        }

        message = _current.Message;
        Metrics.OnReceived(message.Data.Length);
        return true;
    }

    /// <summary>Ends the channel because of an error at this end.</summary>
    private protected void Fail(string what, Exception exception)
    {
        Metrics.OnError();
        _other.Error ??= new IpcError(IpcErrorCode.Disconnected, $"The other end of \"{_other.Name}\" failed.");
        End(new IpcError(IpcErrorCode.InternalError, $"{what}: {exception.Message}"));
    }

    private protected void FailHandling(Exception exception) => Fail($"A message of \"{Name}\" could not be handled", exception);

    private async Task HandleAllAsync(Func<IpcMessage, ValueTask> handler)
    {
        try
        {
            do
            {
                while (TryTake(out var message))
                {
                    await handler(message).ConfigureAwait(false);
                }
            }
            while (await _incoming.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            FailHandling(exception);
        }
    }

    // The other end closed the channel, and all that it had sent was taken.
    private void EndWhenEmpty() =>
        _incoming.Completion.ContinueWith(static (_, channel) => ((ThreadChannel)channel!).End(null), this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private void End(IpcError? error)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
        {
            return;
        }

        Error ??= error;
        _outgoing.Complete();
        _incoming.Abandon();
        Metrics.Close();
        _closed.TrySetResult();
    }

    private Receiving BeginReceiving()
    {
        _claim.BeginReceiving(Name);
        return new Receiving(this);
    }

    private IpcException ChannelClosed() =>
        new(IpcErrorCode.Disconnected, Error is { } error ? $"The channel \"{Name}\" is closed: {error.Message}" : $"The channel \"{Name}\" is closed.");

    private readonly struct Receiving(ThreadChannel channel) : IDisposable
    {
        public void Dispose() => channel._claim.EndReceiving();
    }
}
