namespace Oriel.Ipc;

/// <summary>Calls, answers, events and streams over one channel: the same code for a page and for another process.</summary>
/// <remarks>Thread-safe. Requests are answered concurrently, events are handled one at a time in their order.</remarks>
public sealed partial class IpcPeer : IAsyncDisposable
{
    /// <summary>The most items of a stream that a caller may allow at once.</summary>
    public const int MaxCredit = 1_024;

    private readonly IIpcChannel _channel;
    private readonly IpcPeerOptions _options;
    private readonly EventQueue? _events;
    private readonly ShutdownState _shutdown = new();
    private readonly TaskCompletionSource<IpcReady> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Heartbeat? _heartbeat;
    private int _announced;
    private int _shortAnswers;
    private long _shortAnswerBytes;
    private volatile bool _closed;

    /// <summary>Creates a peer; it reads nothing until <see cref="Start"/>.</summary>
    public IpcPeer(IIpcChannel channel, IpcPeerOptions options)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(options);

        options.Limits.Checked();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.HeartbeatInterval ?? TimeSpan.MaxValue, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.HeartbeatTimeout, TimeSpan.Zero);

        _channel = channel;
        _options = options;
        _requests = new RequestTable(options.TimeProvider, OnTimeout);
        _inlineCall = new IpcCall(this);
        if (options.OnEvent is { } handle && !options.HandleEventsInline)
        {
            _events = new EventQueue(handle, Report, () => _requests.Count > 0, options.Limits);
        }
    }

    /// <summary>The channel that carries the messages.</summary>
    public IIpcChannel Channel => _channel;

    /// <summary>The first <c>ready</c> of the peer; cancelled when the channel ends without one.</summary>
    public Task<IpcReady> Ready => _ready.Task;

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
        if (_options.HeartbeatInterval is { } interval)
        {
            _heartbeat = new Heartbeat(interval, _options.HeartbeatTimeout, _options.TimeProvider, SendPing, OnSilence, () => _events is { IsFull: true });
        }

        _channel.OnMessage(ReceiveAsync);
        _channel.Closed.ContinueWith(static (_, peer) => ((IpcPeer)peer!).OnClosed(), this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Says to the peer what may be called here (<see cref="IpcPeerOptions.Handlers"/>), and what the channel can read.</summary>
    /// <remarks>Whoever connects says it; the other side answers by itself when it is offered something.</remarks>
    public ValueTask AnnounceAsync(CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _announced, 1);
        return _channel.SendAsync(ReadyMessage(), cancellationToken);
    }

    /// <summary>Sends an event; waits while the peer is behind.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="data">One JSON value in UTF-8 without line feeds, or bytes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask EmitAsync(string name, IpcPayload data, CancellationToken cancellationToken = default) => _channel.EmitAsync(name, data, cancellationToken);

    /// <summary>Ends in good order: takes nothing new on either side, waits for what is under way, and closes the channel.</summary>
    /// <remarks>What is under way are the calls of both sides, and the events that have come.</remarks>
    /// <param name="timeout">
    /// How long to wait for it; what is left then is cancelled. What the peer then does not read holds up the channel's own end as long as
    /// a channel lets it.
    /// </param>
    /// <returns>Whether everything ended in time.</returns>
    public async ValueTask<bool> ShutdownAsync(TimeSpan timeout)
    {
        _shutdown.BeginShutdown();
        var handled = _events?.CompleteAsync() ?? Task.CompletedTask;
        var isDrained = await _shutdown.DrainAsync(timeout, _options.TimeProvider).ConfigureAwait(false);
        try
        {
            await handled.WaitAsync(isDrained ? timeout : TimeSpan.Zero, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            isDrained = false;
        }

        await DisposeAsync().ConfigureAwait(false);
        return isDrained;
    }

    /// <summary>Cancels what is under way and shuts the channel down.</summary>
    public async ValueTask DisposeAsync()
    {
        _events?.Close();
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

        _heartbeat?.OnMessage(message.Kind);
        switch (message.Kind)
        {
            case IpcMessageKind.Request:
                return BeginCall(message);

            case IpcMessageKind.Event:
                return HandleEvent(message);

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
                Answer(new IpcMessage { Kind = IpcMessageKind.Pong, Id = message.Id, Data = message.Data });
                return ValueTask.CompletedTask;

            case IpcMessageKind.Ready:
                OnReady(message);
                return ValueTask.CompletedTask;

            default:
                return ValueTask.CompletedTask;
        }
    }

    private ValueTask HandleEvent(in IpcMessage message)
    {
        if (_events is not null)
        {
            return _events.AddAsync(message);
        }

        if (_options.OnEvent is not { } handle)
        {
            return ValueTask.CompletedTask;
        }

        try
        {
            var handled = handle(message.Name, message.Payload);
            return handled.IsCompletedSuccessfully ? handled : AwaitEventAsync(handled);
        }
        catch (Exception exception)
        {
            Report(exception);
            return ValueTask.CompletedTask;
        }
    }

    private async ValueTask AwaitEventAsync(ValueTask handled)
    {
        try
        {
            await handled.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Report(exception);
        }
    }

    private void OnReady(in IpcMessage message)
    {
        if (!IpcReady.TryRead(message.Data.Span, _options.Limits, out var ready))
        {
            Report(new IpcException(IpcErrorCode.InvalidRequest, $"A \"ready\" of \"{_channel.Name}\" cannot be read: handlers are names of 1 to {_options.Limits.MaxNameBytes} bytes."));
            return;
        }

        // An offer is answered once, and before anybody here can make use of it: what is sent then is read by one who knows ours.
        // Who offers nothing knows nothing of answers to it.
        if (ready.Wire.Count > 0 && Interlocked.Exchange(ref _announced, 1) == 0)
        {
            Answer(ReadyMessage());
        }

        try
        {
            _options.OnReady?.Invoke(ready);
        }
        catch (Exception exception)
        {
            Report(exception);
        }

        _ready.TrySetResult(ready);
    }

    private IpcMessage ReadyMessage() =>
        new() { Kind = IpcMessageKind.Ready, Data = new IpcReady(_options.Handlers, _channel.WireFeatures).ToJson() };

    // Of the reader, which never waits for the peer to read: the peer's reader may be waiting for ours. What does not go at once
    // is work under way, and a peer that asks beyond the limit without reading an answer is cut off.
    private void Answer(in IpcMessage answer)
    {
        try
        {
            if (_channel.TrySend(answer))
            {
                return;
            }
        }
        catch (IpcException)
        {
            // The channel closed: nobody is left to tell.
            return;
        }

        bool isTooMuch;
        lock (_calls)
        {
            // Counted apart from the calls: that there are too many of those is what a refusal may have to say.
            isTooMuch = _shortAnswers >= _options.Limits.MaxRequestsInFlight
                || (_shortAnswerBytes > 0 && _shortAnswerBytes + answer.Data.Length > _options.Limits.MaxBytesInFlight);
            if (!isTooMuch)
            {
                _shortAnswers++;
                _shortAnswerBytes += answer.Data.Length;
            }
        }

        if (isTooMuch)
        {
            var error = new IpcError(IpcErrorCode.Busy, $"\"{_channel.Name}\" asks without reading its answers: the channel is closed.");
            Report(new IpcException(error));
            _channel.Abort(error);
            return;
        }

        // Its data may lie in the channel's buffer.
        _ = AnswerLaterAsync(answer with { Data = answer.Data.ToArray() });
    }

    private async Task AnswerLaterAsync(IpcMessage answer)
    {
        try
        {
            await _channel.SendAsync(answer).ConfigureAwait(false);
        }
        catch (IpcException)
        {
            // The channel closed: nobody is left to tell.
        }
        finally
        {
            lock (_calls)
            {
                _shortAnswers--;
                _shortAnswerBytes -= answer.Data.Length;
            }
        }
    }

    private void SendPing()
    {
        try
        {
            // A peer that does not read is silent too; its ping would only wait.
            _channel.TrySend(new IpcMessage { Kind = IpcMessageKind.Ping });
        }
        catch (IpcException)
        {
            // The channel closed.
        }
    }

    private void OnSilence()
    {
        var error = new IpcError(IpcErrorCode.Timeout, $"\"{_channel.Name}\" has not answered for {_options.HeartbeatTimeout}: the channel is closed.");
        Report(new IpcException(error));
        _channel.Abort(error);
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

    // The peer has ended. What it said before is still handled: a program that emits its result and ends loses nothing.
    private void OnClosed()
    {
        _ = _events?.CompleteAsync();
        Close();
    }

    private void Close()
    {
        _closed = true;
        _shutdown.BeginShutdown();
        _heartbeat?.Dispose();
        CancelCalls();
        FailRequests();
        _ready.TrySetCanceled();
        _channel.Shutdown();
    }

    private static bool TryReadCount(ReadOnlySpan<byte> json, out int count) =>
        System.Buffers.Text.Utf8Parser.TryParse(json, out count, out var read) && read == json.Length;
}
