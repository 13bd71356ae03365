using System.Diagnostics.CodeAnalysis;
using Oriel.Components.Wire;

namespace Oriel.Components;

/// <summary>The messages to a page: numbered, kept until the page has applied them, sent in their order.</summary>
/// <remarks>Thread-safe. Never calls a connection inside of its lock: a page in the same process answers on the same thread.</remarks>
internal sealed class Outbox
{
    // A page acknowledges within a frame of its display. So many messages wait for one that is hidden or debugged for long, or whose connection broke.
    private const int MaxMessages = 16_384;
    private const long MaxBytes = 64L * 1024 * 1024;

    /// <summary>The longest message there may be.</summary>
    public const int MaxMessageBytes = 64 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Sent> _unacknowledged = new();
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private readonly Queue<Frame> _frames = new();
    private readonly Action<IPageConnection, Exception> _onBroken;
    private Attachment? _attached;
    private TurnBuffer? _turn;
    private TaskCompletionSource? _drained;
    private int _maxMessageBytes = MaxMessageBytes;
    private long _number;
    private long _handled;
    private long _unacknowledgedBytes;
    private bool _isPumping;
    private bool _isClosed;

    /// <param name="onBroken">Is told which connection failed, and with what. It is detached then.</param>
    public Outbox(Action<IPageConnection, Exception> onBroken) => _onBroken = onBroken;

    /// <summary>The frames that the page has not applied yet.</summary>
    public int FramesInFlight
    {
        get
        {
            lock (_gate)
            {
                return _frames.Count;
            }
        }
    }

    /// <summary>When the page has applied all frames; completed when it has.</summary>
    public Task LastFrame
    {
        get
        {
            lock (_gate)
            {
                return _frames.Count == 0 ? Task.CompletedTask : _frames.Last().Applied.Task;
            }
        }
    }

    /// <summary>Sends a message that has been ended.</summary>
    /// <returns>False when so much is unacknowledged that no more is taken.</returns>
    /// <exception cref="MessageTooLongException">The connection does not take it.</exception>
    public bool Send(FrameWriter writer) => Send(writer, null, turned: true);

    /// <summary>Sends the last message, which does not wait for an answer that may never be read.</summary>
    public void SendLast(FrameWriter writer)
    {
        try
        {
            Send(writer, null, turned: false);
        }
        catch (MessageTooLongException)
        {
            // The end of the connection tells the page as well.
        }

        Close();
    }

    /// <summary>Sends a frame that has been ended.</summary>
    /// <param name="writer">What the frame consists of.</param>
    /// <param name="applied">Completes when the page has applied it; cancelled when it never will.</param>
    /// <returns>False when so much is unacknowledged that no more is taken.</returns>
    /// <exception cref="MessageTooLongException">The connection does not take it.</exception>
    public bool SendFrame(FrameWriter writer, out Task applied)
    {
        var completion = new TaskCompletionSource();
        applied = completion.Task;
        return Send(writer, completion, turned: true);
    }

    /// <summary>Begins to handle a message of the page: what is sent from now on goes into the buffer.</summary>
    public void BeginTurn(TurnBuffer? turn)
    {
        lock (_gate)
        {
            _turn = turn;
        }
    }

    /// <summary>What is sent from now on tells the page that its message is known here.</summary>
    public void Handled(long number)
    {
        lock (_gate)
        {
            _handled = number;
        }
    }

    /// <summary>Sends by the connection what is in a buffer that does not get to the page, and what would have come into it.</summary>
    public void Return(TurnBuffer turn)
    {
        lock (_gate)
        {
            foreach (var message in turn.Close())
            {
                if (_attached is not null)
                {
                    _waiting.Enqueue(message);
                }
            }
        }

        Pump();
    }

    /// <summary>Ends the turn: what is sent goes to the connection again.</summary>
    public void EndTurn()
    {
        lock (_gate)
        {
            _turn = null;
        }
    }

    /// <summary>Takes note of what the page has applied.</summary>
    /// <exception cref="PageProtocolException">It has not been sent yet.</exception>
    public void Acknowledge(long number)
    {
        List<TaskCompletionSource>? applied = null;
        lock (_gate)
        {
            Verify(number);
            while (_unacknowledged.TryPeek(out var sent) && sent.Number <= number)
            {
                _unacknowledged.Dequeue();
                _unacknowledgedBytes -= sent.Message.Length;
            }

            while (_frames.TryPeek(out var frame) && frame.Number <= number)
            {
                (applied ??= []).Add(_frames.Dequeue().Applied);
            }
        }

        applied?.ForEach(static a => a.TrySetResult());
    }

    /// <summary>Sends to a connection from now on, beginning with what the page does not have. Acknowledges nothing.</summary>
    /// <param name="connection">The way to the page.</param>
    /// <param name="received">The last message that the page has, all before it included.</param>
    /// <exception cref="PageProtocolException">The page says that it has what has not been sent.</exception>
    public void Attach(IPageConnection connection, long received)
    {
        Attachment? before;
        lock (_gate)
        {
            Verify(received);
            before = _attached;
            _attached = new(connection, new());
            _maxMessageBytes = connection.MaxMessageBytes;
            _waiting.Clear();
            foreach (var sent in _unacknowledged.Where(sent => sent.Number > received))
            {
                _waiting.Enqueue(sent.Message);
            }
        }

        before?.Gone.Cancel();
        Pump();
    }

    /// <summary>Keeps what is sent until there is a connection again.</summary>
    /// <param name="connection">The connection that is gone; null for any.</param>
    public void Detach(IPageConnection? connection = null)
    {
        Attachment? before;
        lock (_gate)
        {
            if (connection is not null && !ReferenceEquals(_attached?.Connection, connection))
            {
                return;
            }

            before = _attached;
            _attached = null;
            _waiting.Clear();
        }

        before?.Gone.Cancel();
    }

    /// <summary>Takes no more messages. Frames that have not been applied never will be.</summary>
    public void Close()
    {
        Frame[] frames;
        lock (_gate)
        {
            _isClosed = true;
            frames = [.. _frames];
            _frames.Clear();
            _unacknowledged.Clear();
            _unacknowledgedBytes = 0;
        }

        foreach (var frame in frames)
        {
            frame.Applied.TrySetCanceled();
        }
    }

    /// <summary>Waits until the connection has taken all that was sent, or is gone.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            return _isPumping ? (_drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }
    }

    private bool Send(FrameWriter writer, TaskCompletionSource? frame, bool turned)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                frame?.TrySetCanceled();
                return true;
            }

            var message = writer.Take(_number + 1, _handled);
            if (message.Length > _maxMessageBytes)
            {
                frame?.TrySetCanceled();
                throw new MessageTooLongException(message.Length, _maxMessageBytes);
            }

            _number++;
            _unacknowledged.Enqueue(new(_number, message));
            _unacknowledgedBytes += message.Length;
            if (frame is not null)
            {
                _frames.Enqueue(new(_number, frame));
            }

            // A single message may always wait, whatever its size.
            if (_unacknowledged.Count > MaxMessages || (_unacknowledged.Count > 1 && _unacknowledgedBytes > MaxBytes))
            {
                return false;
            }

            if (_attached is null || (turned && _turn?.TryAdd(message) == true))
            {
                return true;
            }

            _waiting.Enqueue(message);
        }

        Pump();
        return true;
    }

    private void Verify(long number)
    {
        if (number > _number)
        {
            throw new PageProtocolException($"The page acknowledged message {number}; the last one sent is {_number}.");
        }
    }

    private void Pump()
    {
        lock (_gate)
        {
            if (_isPumping)
            {
                return;
            }

            _isPumping = true;
        }

        _ = PumpAsync();
    }

    private async Task PumpAsync()
    {
        while (Next(out var attached, out var message))
        {
            try
            {
                await attached.Connection.SendAsync(message, attached.Gone.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (attached.Gone.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                Detach(attached.Connection);
                _onBroken(attached.Connection, exception);
            }
        }
    }

    private bool Next([NotNullWhen(true)] out Attachment? attached, out ReadOnlyMemory<byte> message)
    {
        TaskCompletionSource? drained;
        lock (_gate)
        {
            message = default;
            attached = _attached;
            if (attached is not null && _waiting.TryDequeue(out message))
            {
                return true;
            }

            _isPumping = false;
            (drained, _drained) = (_drained, null);
        }

        drained?.TrySetResult();
        return false;
    }

    private sealed record Attachment(IPageConnection Connection, CancellationTokenSource Gone);

    private readonly record struct Sent(long Number, ReadOnlyMemory<byte> Message);

    private readonly record struct Frame(long Number, TaskCompletionSource Applied);
}
