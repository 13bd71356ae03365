using System.Threading.Channels;

namespace Oriel.Ipc;

/// <summary>A channel between two parties in one process: bounded, without serialization.</summary>
public sealed class ThreadChannel : IIpcChannel
{
    /// <summary>How many messages wait for their receiver unless told otherwise.</summary>
    public const int DefaultCapacity = 1_024;

    // Who reads, for good.
    private const int None = 0;
    private const int Receiver = 1;
    private const int Handler = 2;

    private readonly Channel<IpcMessage> _incoming;
    private readonly Channel<IpcMessage> _outgoing;
    private int _reader;
    private volatile bool _isShutdown;

    private ThreadChannel(string name, Channel<IpcMessage> incoming, Channel<IpcMessage> outgoing)
    {
        Name = name;
        _incoming = incoming;
        _outgoing = outgoing;
        Closed = incoming.Reader.Completion;
        Metrics = new IpcChannelMetrics(name, "thread");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Task Closed { get; }

    /// <inheritdoc/>
    public IpcError? Error { get; private set; }

    /// <inheritdoc/>
    public bool IsShutdown => _isShutdown;

    /// <inheritdoc/>
    public IpcChannelMetrics Metrics { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> WireFeatures => [];

    /// <summary>Creates both ends of a channel.</summary>
    /// <param name="capacity">How many messages wait in each direction before a sender has to wait; 1 or more.</param>
    public static (ThreadChannel First, ThreadChannel Second) CreatePair(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);

        var forth = Channel.CreateBounded<IpcMessage>(capacity);
        var back = Channel.CreateBounded<IpcMessage>(capacity);
        return (new ThreadChannel("first", back, forth), new ThreadChannel("second", forth, back));
    }

    /// <inheritdoc/>
    public bool TrySend(in IpcMessage message)
    {
        if (_outgoing.Writer.TryWrite(Owned(message)))
        {
            return true;
        }

        return _outgoing.Reader.Completion.IsCompleted || _isShutdown
            ? throw new IpcException(IpcErrorCode.Disconnected, $"The channel \"{Name}\" is closed.")
            : false;
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(IpcMessage message, CancellationToken cancellationToken = default)
    {
        try
        {
            await _outgoing.Writer.WriteAsync(Owned(message), cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new IpcException(IpcErrorCode.Disconnected, $"The channel \"{Name}\" is closed.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IpcMessage?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.CompareExchange(ref _reader, Receiver, None) == Handler)
        {
            throw AlreadyRead();
        }

        while (await _incoming.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_incoming.Reader.TryRead(out var message))
            {
                return message;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public IpcMessage? Receive(TimeSpan timeout)
    {
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
        if (Interlocked.CompareExchange(ref _reader, Receiver, None) == Handler)
        {
            throw AlreadyRead();
        }

        return _incoming.Reader.TryRead(out message);
    }

    /// <inheritdoc/>
    public ValueTask DrainAsync(TimeSpan timeout) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void OnMessage(Func<IpcMessage, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);

        if (Interlocked.CompareExchange(ref _reader, Handler, None) != None)
        {
            throw AlreadyRead();
        }

        _ = Task.Run(async () =>
        {
            await foreach (var message in _incoming.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await handler(message).ConfigureAwait(false);
            }
        });
    }

    /// <inheritdoc/>
    public void Shutdown()
    {
        _isShutdown = true;
        _outgoing.Writer.TryComplete();
        _incoming.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Shutdown();
        return ValueTask.CompletedTask;
    }

    // The sender may use its memory again at once, so the message that waits has its own.
    private static IpcMessage Owned(in IpcMessage message) => message with
    {
        Data = message.Data.ToArray(),
        Raw = default,
        Error = message.Error is { Data.IsEmpty: false } error ? error with { Data = error.Data.ToArray() } : message.Error,
    };

    private InvalidOperationException AlreadyRead() => new($"The channel \"{Name}\" is read already: by a message handler or by ReceiveAsync, never by both.");
}
