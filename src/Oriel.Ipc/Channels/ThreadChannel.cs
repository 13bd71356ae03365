using System.Threading.Channels;

namespace Oriel.Ipc;

/// <summary>A channel between two parties in one process: bounded, without serialization.</summary>
public sealed class ThreadChannel : IIpcChannel
{
    /// <summary>How many messages wait for their receiver unless told otherwise.</summary>
    public const int DefaultCapacity = 1_024;

    private readonly ChannelReader<IpcMessage> _incoming;
    private readonly ChannelWriter<IpcMessage> _outgoing;
    private int _reading;

    private ThreadChannel(string name, Channel<IpcMessage> incoming, Channel<IpcMessage> outgoing)
    {
        Name = name;
        _incoming = incoming.Reader;
        _outgoing = outgoing.Writer;
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
            await _outgoing.WriteAsync(copy, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new IpcException(IpcErrorCode.Disconnected, $"The channel \"{Name}\" is closed.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IpcMessage?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _reading) != 0)
        {
            throw AlreadyRead();
        }

        while (await _incoming.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_incoming.TryRead(out var message))
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

        if (Interlocked.Exchange(ref _reading, 1) != 0)
        {
            throw AlreadyRead();
        }

        _ = Task.Run(async () =>
        {
            await foreach (var message in _incoming.ReadAllAsync().ConfigureAwait(false))
            {
                await handler(message).ConfigureAwait(false);
            }
        });
    }

    /// <inheritdoc/>
    public void Shutdown() => _outgoing.TryComplete();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Shutdown();
        return ValueTask.CompletedTask;
    }

    private InvalidOperationException AlreadyRead() => new($"The channel \"{Name}\" is read by a message handler already.");
}
