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

    private ThreadChannel(string name, Channel<IpcMessage> incoming, Channel<IpcMessage> outgoing)
    {
        Name = name;
        _incoming = incoming;
        _outgoing = outgoing;
        Closed = incoming.Reader.Completion;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Task Closed { get; }

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
    public async ValueTask SendAsync(IpcMessage message, CancellationToken cancellationToken = default)
    {
        // The sender may use its memory again at once, so the message that waits has its own.
        var copy = message with
        {
            Data = message.Data.ToArray(),
            Raw = default,
            Error = message.Error is { Data.IsEmpty: false } error ? error with { Data = error.Data.ToArray() } : message.Error,
        };

        try
        {
            await _outgoing.Writer.WriteAsync(copy, cancellationToken).ConfigureAwait(false);
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
        _outgoing.Writer.TryComplete();
        _incoming.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Shutdown();
        return ValueTask.CompletedTask;
    }

    private InvalidOperationException AlreadyRead() => new($"The channel \"{Name}\" is read already: by a message handler or by ReceiveAsync, never by both.");
}
