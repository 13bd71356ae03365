using System.Buffers;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Oriel.Ipc;
using Oriel.Protocols;

namespace Oriel.Testing;

/// <summary>What the isolated script is to a page (js/client/src/isolated/relay.ts): it carries messages between the page and the bridge.</summary>
/// <remarks>Everything runs on the page's thread, but for what is said to come from elsewhere.</remarks>
internal sealed class PageRelay
{
    // As in relay.ts, in UTF-16 units and bytes.
    private const int MaxMessage = 64 * 1024 * 1024;
    private const int MaxOutstanding = 64 * 1024 * 1024;
    private const int MaxPost = 1024 * 1024;
    private const int AcknowledgeBytes = 64 * 1024;

    private readonly PageThread _thread;
    private readonly Func<byte[], Task<string>> _post;
    private readonly Func<string, Task<ProtocolResponse>> _openDown;
    private readonly PageClient _client;
    private readonly Channel<byte[]> _arrived = Channel.CreateUnbounded<byte[]>();
    private readonly LinkedList<Post> _queue = new();
    private readonly Queue<(long Place, string Lines)> _held = new();
    private readonly ArrayBufferWriter<byte> _rest = new();
    private TaskCompletionSource? _pause;
    private bool _isFlushQueued;
    private bool _isAtStart = true;
    private long _outstanding;
    private long _received;
    private int _unacknowledged;
    private long _unread;

    public PageRelay(PageThread thread, string origin, Func<byte[], Task<string>> post, Func<string, Task<ProtocolResponse>> openDown, PageClient client)
    {
        _thread = thread;
        _post = post;
        _openDown = openDown;
        _client = client;
        DocumentId = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        Stamp = $"{DocumentId} {origin}\n";
    }

    public string DocumentId { get; }

    public string Stamp { get; }

    /// <summary>The bytes that have arrived and that the page has not handled.</summary>
    public long UnreadBytes => Interlocked.Read(ref _unread);

    /// <summary>Begins to speak with the bridge.</summary>
    public void Start(CancellationToken ended)
    {
        _thread.RunAsync(() => IntroduceAsync("{\"type\":\"ready\",\"data\":{\"down\":\"stream\"}}"));
        _thread.RunAsync(() => OpenDownAsync(ended));
        _thread.RunAsync(() => DeliverArrivedAsync(ended));
    }

    /// <summary>Stops handling what arrives. From any thread.</summary>
    public void Stop() => Interlocked.CompareExchange(ref _pause, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);

    /// <summary>Handles what has arrived, and what arrives. From any thread.</summary>
    public void Resume() => Interlocked.Exchange(ref _pause, null)?.TrySetResult();

    /// <summary>Takes lines that were handed in because there is no stream. From the UI thread.</summary>
    public void ReceivePosted(byte[] lines) => Arrive(lines);

    /// <summary>Posts lines as they are, behind what waits here.</summary>
    public Task<string> PostAsync(string lines)
    {
        var returned = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _thread.Run(() =>
        {
            Flush();
            _ = ReturnAsync();
        });
        return returned.Task;

        async Task ReturnAsync()
        {
            try
            {
                returned.SetResult(await _post(Encoding.UTF8.GetBytes(Stamp + lines)));
            }
            catch (IpcException exception)
            {
                returned.SetException(exception);
            }
        }
    }

    /// <summary>Takes what the page hands up: <c>r</c>, the id, a space and a request; <c>e</c> and an event; <c>c</c>, the call's id, a space and another message.</summary>
    public void Take(string detail)
    {
        // A line feed would make two messages of one.
        if (detail.Length == 0 || detail.Contains('\n'))
        {
            return;
        }

        var space = detail.IndexOf(' ');
        switch (detail[0])
        {
            case 'r' when space > 0:
                var id = detail[1..space];
                if (detail.Length > MaxMessage)
                {
                    _client.FailCalls([id], IpcErrorCode.PayloadTooLarge, $"The message is larger than {MaxMessage} characters.");
                    return;
                }

                Append(detail[(space + 1)..], id, isEvent: false);
                break;

            case 'e' when detail.Length > MaxMessage:
                _client.SettleEvents(1, new IpcException(IpcErrorCode.PayloadTooLarge, $"The event is larger than {MaxMessage} characters."));
                break;

            case 'e':
                Append(detail[1..], id: null, isEvent: true);
                break;

            case 'c' when space > 0:
                Control(detail[1..space], detail[(space + 1)..]);
                break;
        }
    }

    // Not held back by the window: cancelling is what frees it. Only a call that waits here itself is not overtaken.
    private void Control(string id, string text)
    {
        if (_queue.FirstOrDefault(post => post.Ids.Contains(id)) is { } waiting)
        {
            waiting.Add(text);
        }
        else
        {
            Send(new Post(text, isEvent: false));
        }
    }

    // The first message of a document: the bridge answers with what the page has to know.
    private async Task IntroduceAsync(string message)
    {
        try
        {
            Receive(await _post(Encoding.UTF8.GetBytes(Stamp + message)), new Post("", isEvent: false));
        }
        catch (IpcException)
        {
            // The document is gone already.
        }
    }

    // Calls made in one turn share a post; events have posts of their own, since their reply means that they were taken.
    private void Append(string text, string? id, bool isEvent)
    {
        if (_queue.Last?.Value is { } last && last.IsEvents == isEvent && last.Length + text.Length < MaxPost)
        {
            last.Add(text);
            if (isEvent)
            {
                last.Events++;
            }
            else
            {
                last.Ids.Add(id!);
            }
        }
        else
        {
            var post = new Post(text, isEvent);
            if (id is not null)
            {
                post.Ids.Add(id);
            }

            _queue.AddLast(post);
        }

        if (!_isFlushQueued)
        {
            _isFlushQueued = true;
            _thread.Post(() =>
            {
                _isFlushQueued = false;
                Flush();
            });
        }
    }

    private void Flush()
    {
        while (_queue.First?.Value is { } post && (_outstanding == 0 || _outstanding + post.Length <= MaxOutstanding))
        {
            _queue.RemoveFirst();
            Send(post);
        }
    }

    private void Send(Post post) => _ = SendAsync(post);

    private async Task SendAsync(Post post)
    {
        var size = post.Length;
        _outstanding += size;
        try
        {
            var reply = await _post(Encoding.UTF8.GetBytes(Stamp + post.Text));
            if (post.Events > 0 && !reply.StartsWith('!'))
            {
                _client.SettleEvents(post.Events, null);
            }

            Receive(reply, post);
        }
        catch (IpcException exception)
        {
            Fail(post, exception.Code, exception.Message);
        }
        finally
        {
            _outstanding -= size;
            Flush();
        }
    }

    // "place LF line LF line ...": the lines belong behind so many lines of the stream. "!code text": everything was refused.
    private void Receive(string reply, Post post)
    {
        if (reply.Length == 0)
        {
            return;
        }

        if (reply[0] == '!')
        {
            var space = reply.IndexOf(' ');
            Fail(post, (IpcErrorCode)int.Parse(reply.AsSpan(1, space - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), reply[(space + 1)..]);
            return;
        }

        var end = reply.IndexOf('\n');
        var place = long.Parse(reply.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture);
        var lines = reply[(end + 1)..];

        if (place <= _received)
        {
            Deliver(Encoding.UTF8.GetBytes(lines));
        }
        else
        {
            _held.Enqueue((place, lines));
        }
    }

    private void Fail(Post post, IpcErrorCode code, string text)
    {
        _client.FailCalls(post.Ids, code, text);

        if (post.Events > 0)
        {
            _client.SettleEvents(post.Events, new IpcException(code, text));
        }
    }

    private async Task OpenDownAsync(CancellationToken ended)
    {
        try
        {
            var response = await _openDown(DocumentId);
            if (response.Status != 200 || response.Stream is null)
            {
                // Without a stream the lines are handed in.
                await IntroduceAsync("{\"type\":\"ready\",\"data\":{\"down\":\"post\"}}");
                return;
            }

            await using (response.Stream)
            {
                var buffer = new byte[8 * 1024];
                int count;
                while ((count = await response.Stream.ReadAsync(buffer, ended)) > 0)
                {
                    Arrive(buffer.AsSpan(0, count).ToArray());
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IpcException)
        {
            // The document is gone.
        }
    }

    private void Arrive(byte[] bytes)
    {
        Interlocked.Add(ref _unread, bytes.Length);
        _arrived.Writer.TryWrite(bytes);
    }

    // What arrives is taken from the network whether or not the page handles it, as in a browser: it is the page's
    // acknowledgement alone that holds the application back.
    private async Task DeliverArrivedAsync(CancellationToken ended)
    {
        try
        {
            await foreach (var bytes in _arrived.Reader.ReadAllAsync(ended))
            {
                if (Volatile.Read(ref _pause) is { } pause)
                {
                    await pause.Task.WaitAsync(ended);
                }

                DeliverDown(bytes);
                Interlocked.Add(ref _unread, -bytes.Length);
                Acknowledge(bytes.Length);
            }
        }
        catch (OperationCanceledException)
        {
            // The document is gone.
        }
    }

    private void DeliverDown(byte[] bytes)
    {
        var end = Array.LastIndexOf(bytes, (byte)'\n');
        if (end < 0)
        {
            _rest.Write(bytes);
            return;
        }

        _rest.Write(bytes.AsSpan(0, end + 1));
        var lines = _rest.WrittenSpan.ToArray();
        _rest.ResetWrittenCount();
        _rest.Write(bytes.AsSpan(end + 1));
        DeliverLines(lines);

        while (_held.TryPeek(out var held) && held.Place <= _received)
        {
            _held.Dequeue();
            Deliver(Encoding.UTF8.GetBytes(held.Lines));
        }
    }

    private void DeliverLines(byte[] lines)
    {
        // The stream begins with an empty line; what is posted does not.
        var start = _isAtStart && lines[0] == (byte)'\n' ? 1 : 0;
        _isAtStart = false;
        _received += lines.AsSpan(start).Count((byte)'\n');
        Deliver(lines.AsMemory(start));
    }

    private void Deliver(ReadOnlyMemory<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.Span.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? default : lines[(end + 1)..];
            _client.Receive(line);
        }
    }

    private void Acknowledge(int bytes)
    {
        _unacknowledged += bytes;
        if (_unacknowledged >= AcknowledgeBytes)
        {
            Send(new Post($"{{\"type\":\"credit\",\"data\":{_unacknowledged}}}", isEvent: false));
            _unacknowledged = 0;
        }
    }

    /// <summary>Messages that go up together.</summary>
    private sealed class Post(string text, bool isEvent)
    {
        private readonly StringBuilder _text = new(text);

        public string Text => _text.ToString();

        public int Length => _text.Length;

        public bool IsEvents => isEvent;

        public int Events { get; set; } = isEvent ? 1 : 0;

        public List<string> Ids { get; } = [];

        public void Add(string line) => _text.Append('\n').Append(line);
    }
}
