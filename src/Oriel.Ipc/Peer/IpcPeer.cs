using System.Threading.Channels;

namespace Oriel.Ipc;

/// <summary>Calls, answers, events and streams over one channel: the same code for a page and for another process.</summary>
/// <remarks>Thread-safe. Requests are answered concurrently, events are handled one at a time in their order.</remarks>
public sealed partial class IpcPeer : IAsyncDisposable
{
    /// <summary>The most items of a stream that a caller may allow at once.</summary>
    public const int MaxCredit = 1_024;

    private readonly IIpcChannel _channel;
    private readonly IpcPeerOptions _options;
    private readonly Channel<(string Name, PooledBuffer Data)> _events;
    private int _handlingEvents;
    private volatile bool _closed;

    /// <summary>Creates a peer; it reads nothing until <see cref="Start"/>.</summary>
    public IpcPeer(IIpcChannel channel, IpcPeerOptions options)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(options);

        _channel = channel;
        _options = options;
        _events = Channel.CreateBounded<(string, PooledBuffer)>(new BoundedChannelOptions(options.Limits.MaxQueuedEvents) { SingleReader = true });
    }

    /// <summary>How many requests of the peer are under way, those whose answers it has not taken included.</summary>
    public int RequestsInFlight
    {
        get
        {
            lock (_calls)
            {
                return _calls.Count + _answering;
            }
        }
    }

    /// <summary>Begins to read the channel.</summary>
    public void Start()
    {
        _channel.OnMessage(ReceiveAsync);
        _channel.Closed.ContinueWith(static (_, peer) => ((IpcPeer)peer!).Close(), this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Sends an event; waits while the peer is behind.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="data">One JSON value in UTF-8 without line feeds.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask EmitAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _channel.SendAsync(IpcMessage.Event(name, data), cancellationToken);
    }

    /// <summary>Cancels what is under way and shuts the channel down.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _channel.DisposeAsync().ConfigureAwait(false);
    }

    internal ValueTask SendAsync(in IpcMessage message, CancellationToken cancellationToken) => _channel.SendAsync(message, cancellationToken);

    private ValueTask ReceiveAsync(IpcMessage message)
    {
        if (_closed)
        {
            return ValueTask.CompletedTask;
        }

        switch (message.Kind)
        {
            case IpcMessageKind.Request:
                BeginCall(message);
                return ValueTask.CompletedTask;

            case IpcMessageKind.Event:
                return QueueEventAsync(message);

            case IpcMessageKind.Cancel:
                FindCall(message.Id)?.Cancel();
                return ValueTask.CompletedTask;

            case IpcMessageKind.Credit when !message.Id.IsNone && TryReadCount(message.Data.Span, out var count):
                FindCall(message.Id)?.AddCredit(count);
                return ValueTask.CompletedTask;

            case IpcMessageKind.Response or IpcMessageKind.Next or IpcMessageKind.Done:
                Settle(message);
                return ValueTask.CompletedTask;

            case IpcMessageKind.Ping:
                return PongAsync(message);

            default:
                return ValueTask.CompletedTask;
        }
    }

    private async ValueTask PongAsync(IpcMessage ping)
    {
        try
        {
            await _channel.SendAsync(new IpcMessage { Kind = IpcMessageKind.Pong, Id = ping.Id, Data = ping.Data }).ConfigureAwait(false);
        }
        catch (IpcException)
        {
            // The channel closed: nobody is left to tell.
        }
    }

    private ValueTask QueueEventAsync(in IpcMessage message)
    {
        if (_options.OnEvent is null)
        {
            return ValueTask.CompletedTask;
        }

        if (Interlocked.Exchange(ref _handlingEvents, 1) == 0)
        {
            _ = Task.Run(HandleEventsAsync);
        }

        var queued = (message.Name, PooledBuffer.CopyOf(message.Data.Span));
        return _events.Writer.TryWrite(queued) ? ValueTask.CompletedTask : WaitAsync(queued);

        async ValueTask WaitAsync((string, PooledBuffer) queued)
        {
            try
            {
                await _events.Writer.WriteAsync(queued).ConfigureAwait(false);
            }
            catch (ChannelClosedException)
            {
                // The peer was closed while the event waited: nobody is left to handle it.
            }
        }
    }

    private async Task HandleEventsAsync()
    {
        await foreach (var (name, data) in _events.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            using (data)
            {
                try
                {
                    if (!_closed)
                    {
                        await _options.OnEvent!(name, data.Memory).ConfigureAwait(false);
                    }
                }
                catch (Exception exception)
                {
                    Report(exception);
                }
            }
        }
    }

    // A log that fails must not end what it was told of.
    private void Report(Exception exception)
    {
        try
        {
            _options.OnError?.Invoke(exception);
        }
        catch (Exception)
        {
            // There is nobody left to tell.
        }
    }

    private void Close()
    {
        _closed = true;
        _events.Writer.TryComplete();
        CancelCalls();
        FailRequests();
        _channel.Shutdown();
    }

    private static bool TryReadCount(ReadOnlySpan<byte> json, out int count) =>
        System.Buffers.Text.Utf8Parser.TryParse(json, out count, out var read) && read == json.Length;
}
