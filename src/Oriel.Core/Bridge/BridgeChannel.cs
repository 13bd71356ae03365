using System.Globalization;
using System.Runtime.InteropServices;
using Oriel.Engines;
using Oriel.Ipc;

namespace Oriel;

/// <summary>The channel to one document: posts with native replies come up, answers go back by these replies or down by the queue.</summary>
/// <remarks>
/// A post may hold many calls. Its reply carries what is answered when the first of them is, and answers that come later go
/// down the queue: a slow call never holds back the others. Every reply begins with the number of lines that were sent down before
/// it, and the page delivers it in that place, so that an answer does not overtake the events that its command emitted.
/// </remarks>
internal sealed class BridgeChannel : IIpcChannel
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IpcId, Post> _posts = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dispatcher _dispatcher;
    private readonly IpcLimits _limits;
    private readonly Action<IpcError> _onRefused;
    private List<Post> _answered = [];
    private List<Post> _flushing = [];
    private bool _isFlushQueued;
    private bool _isShutdown;
    private Func<IpcMessage, ValueTask>? _handler;

    public BridgeChannel(string name, Dispatcher dispatcher, IpcLimits limits, Action<IpcError> onRefused)
    {
        Name = name;
        Metrics = new IpcChannelMetrics(name, "page");
        _dispatcher = dispatcher;
        _limits = limits;
        _onRefused = onRefused;
    }

    public string Name { get; }

    public Task Closed => _closed.Task;

    /// <summary>Always null: a document ends in good order.</summary>
    public IpcError? Error => null;

    public bool IsShutdown => _isShutdown;

    public IpcChannelMetrics Metrics { get; }

    public IReadOnlyList<string> WireFeatures => [];

    public DownQueue Down { get; } = new();

    /// <summary>The error for a document that may not emit an event of that name; null when it may.</summary>
    public Func<string, IpcError?> RefusalOfEvent { get; init; } = static _ => null;

    /// <summary>How many calls of the page are not answered yet.</summary>
    public int CallsAwaited
    {
        get
        {
            lock (_gate)
            {
                return _posts.Count;
            }
        }
    }

    public void OnMessage(Func<IpcMessage, ValueTask> handler)
    {
        if (Interlocked.CompareExchange(ref _handler, handler, null) is not null)
        {
            throw new InvalidOperationException("The channel is being read already.");
        }
    }

    public ValueTask<IpcMessage?> ReceiveAsync(CancellationToken cancellationToken = default) =>
        throw Pushed();

    public IpcMessage? Receive(TimeSpan timeout) => throw Pushed();

    public bool TryReceive(out IpcMessage message) => throw Pushed();

    /// <summary>Sends nothing: whether a page takes a line at once shows only when it is queued.</summary>
    public bool TrySend(in IpcMessage message) => false;

    public ValueTask DrainAsync(TimeSpan timeout) => throw new NotSupportedException("What a page has read it acknowledges by itself.");

    /// <summary>Takes a post of the page: one message a line. UI thread.</summary>
    public void Receive(ReadOnlyMemory<byte> lines, IEngineReply reply)
    {
        var post = new Post(reply);
        var calls = 0;
        var taken = 0;
        IpcError? refusal = null;
        List<Task>? waiting = null;

        while (!lines.IsEmpty)
        {
            var end = lines.Span.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? default : lines[(end + 1)..];

            if (!EnvelopeReader.TryRead(line, _limits, out var message, out var error))
            {
                Metrics.OnError();
                _onRefused(error);
                if (message.Id.IsNone)
                {
                    refusal = error;
                }
                else
                {
                    taken++;
                    Write(post, IpcMessage.Failure(message.Id, error));
                }

                continue;
            }

            if (message.Kind == IpcMessageKind.Event && RefusalOfEvent(message.Name) is { } denied)
            {
                Metrics.OnError();
                refusal = denied;
                continue;
            }

            taken++;
            Metrics.OnReceived(line.Length);

            if (message.Kind == IpcMessageKind.Request)
            {
                if (!TryExpect(message.Id, post))
                {
                    Write(post, IpcMessage.Failure(message.Id, new IpcError(IpcErrorCode.InvalidRequest, $"A call with the id \"{message.Id}\" is under way already.")));
                    continue;
                }

                calls++;
            }
            else if (message.Kind == IpcMessageKind.Credit && message.Id.IsNone)
            {
                Acknowledge(message.Data.Span);
                continue;
            }

            var handled = _handler!(message);
            if (!handled.IsCompletedSuccessfully)
            {
                (waiting ??= []).Add(handled.AsTask());
            }
        }

        if (refusal is not null && taken == 0)
        {
            // Without an id no answer can tell of it; alone in its post, as large events are, the post's reply can.
            post.Refuse(refusal);
        }

        if (waiting is not null)
        {
            _ = ReplyWhenHandledAsync(post, waiting);
        }
        else if (calls == 0)
        {
            MarkAnswered(post);
        }
    }

    public ValueTask SendAsync(IpcMessage message, CancellationToken cancellationToken = default)
    {
        if (message.Kind == IpcMessageKind.Response && TryAnswerByReply(message))
        {
            return ValueTask.CompletedTask;
        }

        if (message.Kind is IpcMessageKind.Next or IpcMessageKind.Done)
        {
            ReleasePost(message.Id);
        }

        using var line = WriteLine(message);
        Metrics.OnSent(line.Length);
        return message.Kind is IpcMessageKind.Event or IpcMessageKind.Pong
            ? Down.EnqueueAsync(line.Span, cancellationToken)
            : Down.EnqueueAnswerAsync(line.Span, cancellationToken);
    }

    /// <summary>Takes a message that is written already, with its line feed; with <paramref name="isAlways"/> however many wait already.</summary>
    public ValueTask SendLineAsync(ReadOnlySpan<byte> line, bool isAlways, CancellationToken cancellationToken) =>
        isAlways ? Down.EnqueueAnswerAsync(line, cancellationToken) : Down.EnqueueAsync(line, cancellationToken);

    /// <summary>Writes a message with the line feed that ends it.</summary>
    public static PooledBuffer WriteLine(in IpcMessage message)
    {
        var line = new PooledBuffer();
        try
        {
            EnvelopeWriter.Write(line, message);
            line.Write("\n"u8);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>A document has no errors of its channel: the page is told nothing more, and the log has been told.</summary>
    public void Abort(IpcError reason) => Shutdown();

    public void Shutdown()
    {
        Post[] open;
        lock (_gate)
        {
            if (_isShutdown)
            {
                return;
            }

            _isShutdown = true;

            // Those that answered already have still calls under way; those that are queued were taken by no flush.
            open = [.. _posts.Values.Concat(_answered).Distinct().Where(static post => !post.IsReturned)];
            foreach (var post in open)
            {
                post.IsReturned = true;
            }

            _posts.Clear();
            _answered.Clear();
        }

        Down.Complete();
        Metrics.Close();
        _closed.TrySetResult();

        // The document is gone, and with it who awaits these replies; the engine frees what it keeps for them.
        _dispatcher.Post(static state =>
        {
            foreach (var post in (Post[])state!)
            {
                post.Close();
            }
        }, open);
    }

    public ValueTask DisposeAsync()
    {
        Shutdown();
        return ValueTask.CompletedTask;
    }

    private static NotSupportedException Pushed() => new("A page's messages are pushed: use OnMessage.");

    private bool TryExpect(IpcId id, Post post)
    {
        lock (_gate)
        {
            // After the end nobody answers any more; the call is refused with its post.
            return !_isShutdown && _posts.TryAdd(id, post);
        }
    }

    // Falls back to the queue when the reply has left with the answers of faster calls.
    private bool TryAnswerByReply(in IpcMessage message)
    {
        lock (_gate)
        {
            if (!_posts.TryGetValue(message.Id, out var post))
            {
                return false;
            }

            if (post.IsReturned)
            {
                _posts.Remove(message.Id);
                return false;
            }

            // Written before the id is forgotten: when this answer cannot be written, an error answer follows it.
            Metrics.OnSent(post.Write(message));
            _posts.Remove(message.Id);
            Queue(post);
            return true;
        }
    }

    // A stream goes by the queue: its post has its reply with the first item, or it would never have one.
    private void ReleasePost(IpcId id)
    {
        lock (_gate)
        {
            if (_posts.Remove(id, out var post) && !post.IsReturned)
            {
                Queue(post);
            }
        }
    }

    private void Write(Post post, in IpcMessage message)
    {
        lock (_gate)
        {
            post.Write(message);
            Queue(post);
        }
    }

    private void MarkAnswered(Post post)
    {
        lock (_gate)
        {
            Queue(post);
        }
    }

    private async Task ReplyWhenHandledAsync(Post post, List<Task> waiting)
    {
        await Task.WhenAll(waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        MarkAnswered(post);
    }

    private void Queue(Post post)
    {
        if (post.IsQueued || post.IsReturned)
        {
            return;
        }

        if (_isShutdown)
        {
            post.IsReturned = true;
            _dispatcher.Post(static post => ((Post)post!).Close(), post);
            return;
        }

        post.IsQueued = true;
        _answered.Add(post);

        if (!_isFlushQueued)
        {
            _isFlushQueued = true;
            _dispatcher.Post(static channel => ((BridgeChannel)channel!).Flush(), this);
        }
    }

    private void Flush()
    {
        lock (_gate)
        {
            (_answered, _flushing) = (_flushing, _answered);
            _isFlushQueued = false;

            foreach (var post in CollectionsMarshal.AsSpan(_flushing))
            {
                post.IsReturned = true;
            }
        }

        var place = Down.LinesTaken;
        foreach (var post in _flushing)
        {
            post.Return(place);
        }

        _flushing.Clear();
    }

    private void Acknowledge(ReadOnlySpan<byte> data)
    {
        if (System.Buffers.Text.Utf8Parser.TryParse(data, out int bytes, out var read) && read == data.Length)
        {
            Down.Acknowledge(bytes);
        }
    }

    /// <summary>A post of the page that awaits its reply.</summary>
    private sealed class Post(IEngineReply reply)
    {
        private PooledBuffer? _answers;
        private IpcError? _refusal;

        public bool IsQueued { get; set; }

        public bool IsReturned { get; set; }

        /// <summary>Adds an answer; returns how long it was.</summary>
        public int Write(in IpcMessage message)
        {
            _answers ??= Begin();
            var length = _answers.Length;
            try
            {
                EnvelopeWriter.Write(_answers, message);
                _answers.Write("\n"u8);
                return _answers.Length - length;
            }
            catch
            {
                _answers.Truncate(length);
                throw;
            }
        }

        /// <summary>Nothing of the post was accepted, and nobody can be answered.</summary>
        public void Refuse(IpcError error) => _refusal = error;

        public void Return(long place)
        {
            if (_answers is null)
            {
                reply.Return(_refusal is null ? default : BridgePost.RefusalOf(_refusal));
                return;
            }

            using (_answers)
            {
                var start = WritePlace(_answers, place);
                reply.Return(_answers.Span[start..]);
            }
        }

        public void Close()
        {
            _answers?.Dispose();
            _answers = null;
            reply.Return(default);
        }

        // The place is known only when the reply leaves: room for it is kept in front of the answers.
        private const int PlaceLength = 20;

        private static PooledBuffer Begin()
        {
            var buffer = new PooledBuffer();
            buffer.GetSpan(PlaceLength);
            buffer.Advance(PlaceLength);
            return buffer;
        }

        private static int WritePlace(PooledBuffer answers, long place)
        {
            Span<byte> text = stackalloc byte[PlaceLength];
            place.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
            text[length++] = (byte)'\n';

            var start = PlaceLength - length;
            text[..length].CopyTo(answers.WritableSpan[start..]);
            return start;
        }
    }
}
