using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Oriel.Ipc;

namespace Oriel.Testing;

/// <summary>What <c>window.oriel</c> is to a page (js/client/src/client): its calls, its streams, its events.</summary>
/// <remarks>Everything runs on the page's thread, but for what is said to come from elsewhere.</remarks>
internal sealed class PageClient
{
    // The page reads what its application writes, which has no limits of its own.
    private static readonly IpcLimits Unlimited = new() { MaxMessageBytes = int.MaxValue, MaxDepth = 1_000 };

    private readonly Lock _gate = new();
    private readonly Action<Exception> _onError;
    private readonly Dictionary<string, Action<string>[]> _handlers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IPageCall> _calls = new(StringComparer.Ordinal);
    private readonly Queue<TaskCompletionSource> _unaccepted = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HashSet<string> _forwarded = new(StringComparer.Ordinal);
    private long _lastId;
    private bool _isEnded;

    public PageClient(Action<Exception> onError) => _onError = onError;

    /// <summary>Hands lines to the relay; null where the document has no bridge.</summary>
    public Action<string>? Send { get; set; }

    public Task Ready => _ready.Task;

    /// <summary>Where the bytes of the document's calls and answers are.</summary>
    public string BodyToken { get; private set; } = "";

    /// <summary>Listens. From any thread.</summary>
    public IDisposable On(string name, Action<string> handler)
    {
        lock (_gate)
        {
            _handlers[name] = [.. _handlers.GetValueOrDefault(name, []), handler];
        }

        return new Subscription(this, name, handler);
    }

    public string Begin(string name, string arguments, int credit, IPageCall call)
    {
        var id = (++_lastId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (_isEnded || Send is null)
        {
            call.Fail(_isEnded ? HeadlessPage.Gone() : NoBridge());
            return id;
        }

        var request = Write(IpcMessage.Request(new IpcId(id), name, Encoding.UTF8.GetBytes(arguments), credit));
        _calls.Add(id, call);
        Send($"r{id} {request}");
        return id;
    }

    public void Grant(string id, int items)
    {
        if (_calls.ContainsKey(id))
        {
            Send?.Invoke($$"""c{{id}} {"type":"credit","id":"{{id}}","data":{{items}}}""");
        }
    }

    /// <summary>Nobody wants the answer any more.</summary>
    public void Cancel(string id)
    {
        if (_calls.Remove(id))
        {
            Send?.Invoke($$"""c{{id}} {"type":"cancel","id":"{{id}}"}""");
        }
    }

    public void Emit(string name, string data, TaskCompletionSource accepted)
    {
        if (_isEnded || Send is null)
        {
            accepted.TrySetException(_isEnded ? HeadlessPage.Gone() : NoBridge());
            return;
        }

        var message = Write(IpcMessage.Event(name, Encoding.UTF8.GetBytes(data)));
        _unaccepted.Enqueue(accepted);
        Send($"e{message}");
    }

    /// <summary>The page dispatches a DOM event: its own listeners get it, and the application where it listens for the name.</summary>
    public void Dispatch(string name, string data)
    {
        Deliver(name, data);

        if (_forwarded.Contains(name))
        {
            Emit(name, data, new TaskCompletionSource());
        }
    }

    /// <summary>A message of the application.</summary>
    public void Receive(ReadOnlyMemory<byte> line)
    {
        if (!EnvelopeReader.TryRead(line, Unlimited, out var message, out var error))
        {
            _onError(new InvalidOperationException($"The application sent what is no message ({error.Message}): {Encoding.UTF8.GetString(line.Span)}"));
            return;
        }

        switch (message.Kind)
        {
            case IpcMessageKind.Event:
                Deliver(message.Name, Text(message.Data));
                break;

            case IpcMessageKind.Response or IpcMessageKind.Done:
                if (_calls.Remove(message.Id.ToString(), out var settled))
                {
                    settled.Settle(message);
                }

                break;

            case IpcMessageKind.Next:
                _calls.GetValueOrDefault(message.Id.ToString())?.Settle(message);
                break;

            case IpcMessageKind.Ready:
                using (var data = JsonDocument.Parse(message.Data))
                {
                    BodyToken = data.RootElement.GetProperty("bodies").GetString()!;
                    _forwarded = data.RootElement.GetProperty("events").EnumerateArray().Select(static name => name.GetString()!).ToHashSet(StringComparer.Ordinal);
                }

                _ready.TrySetResult();
                break;

            case IpcMessageKind.Ping:
                Send?.Invoke("""c {"type":"pong"}""");
                break;
        }
    }

    /// <summary>So many of the oldest events were accepted, or refused.</summary>
    public void SettleEvents(int count, Exception? refusal)
    {
        for (; count > 0 && _unaccepted.TryDequeue(out var accepted); count--)
        {
            if (refusal is null)
            {
                accepted.TrySetResult();
            }
            else
            {
                accepted.TrySetException(refusal);
            }
        }
    }

    /// <summary>These calls failed before the application could answer.</summary>
    public void FailCalls(IEnumerable<string> ids, IpcErrorCode code, string text)
    {
        foreach (var id in ids)
        {
            if (_calls.Remove(id, out var call))
            {
                call.Fail(new IpcException(code, text));
            }
        }
    }

    /// <summary>The document is gone.</summary>
    public void End()
    {
        _isEnded = true;
        foreach (var call in _calls.Values)
        {
            call.Fail(HeadlessPage.Gone());
        }

        _calls.Clear();
        SettleEvents(int.MaxValue, HeadlessPage.Gone());
        _ready.TrySetException(HeadlessPage.Gone());
        _ = _ready.Task.Exception;
    }

    private void Deliver(string name, string data)
    {
        Action<string>[] handlers;
        lock (_gate)
        {
            handlers = _handlers.GetValueOrDefault(name, []);
        }

        foreach (var handler in handlers)
        {
            try
            {
                handler(data);
            }
            catch (Exception exception)
            {
                _onError(exception);
            }
        }
    }

    private static string Write(in IpcMessage message)
    {
        var json = new ArrayBufferWriter<byte>();
        EnvelopeWriter.Write(json, message);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    internal static string Text(ReadOnlyMemory<byte> json) => json.IsEmpty ? "null" : Encoding.UTF8.GetString(json.Span);

    private static IpcException NoBridge() => new(IpcErrorCode.Denied, "The document has no bridge: its origin was granted none.");

    private sealed class Subscription(PageClient client, string name, Action<string> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (client._gate)
            {
                client._handlers[name] = [.. client._handlers.GetValueOrDefault(name, []).Where(other => other != handler)];
            }
        }
    }
}

/// <summary>A call that awaits what becomes of it.</summary>
internal interface IPageCall
{
    /// <summary>Takes an answer, or an item of a stream.</summary>
    void Settle(in IpcMessage message);

    void Fail(IpcException exception);
}

/// <summary>A call with a single answer.</summary>
internal sealed class PageCall : IPageCall
{
    private readonly TaskCompletionSource<string> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> Answer => _answer.Task;

    public void Settle(in IpcMessage message)
    {
        if (message.Error is { } error)
        {
            // It points into the line.
            _answer.TrySetException(new IpcException(error with { Data = error.Data.ToArray() }));
        }
        else
        {
            _answer.TrySetResult(PageClient.Text(message.Data));
        }
    }

    public void Fail(IpcException exception) => _answer.TrySetException(exception);
}

/// <summary>A call with a stream of answers.</summary>
internal sealed class PageStream : IPageCall
{
    private readonly Channel<string> _items = Channel.CreateUnbounded<string>();

    public ChannelReader<string> Items => _items.Reader;

    public void Settle(in IpcMessage message)
    {
        if (message.Error is { } error)
        {
            Fail(new IpcException(error with { Data = error.Data.ToArray() }));
            return;
        }

        if (message.Kind != IpcMessageKind.Done)
        {
            _items.Writer.TryWrite(PageClient.Text(message.Data));
        }

        if (message.Kind != IpcMessageKind.Next)
        {
            // A command with a single answer is a stream of one item.
            _items.Writer.TryComplete();
        }
    }

    public void Fail(IpcException exception) => _items.Writer.TryComplete(exception);
}
