using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using Oriel.Components;

namespace Oriel.Testing;

/// <summary>The way between a session and a page of a test: messages each way in their order, and their acknowledgements.</summary>
/// <remarks>
/// What a message of the page brings about is collected with its answer, so that all of it has been handled when <see cref="Send"/> returns. What comes
/// at other times is handled on the thread pool.
/// </remarks>
internal sealed class PageLink(Action<PageLink, JsonElement[]> handle, TimeSpan limit) : IPageConnection, IDisposable
{
    // A component that renders because it was rendered does so for ever; no page settles for so long otherwise.
    private const int MaxMessagesInARow = 2_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _settling = new(1);
    private readonly SortedDictionary<long, JsonElement[]> _waiting = [];
    private readonly List<PageFrame> _frames = [];
    private readonly Dictionary<string, Func<Stream>> _published = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Exception? _failure;
    private volatile int _settler;
    private long _sent;
    private long _handled;
    private long _acknowledged;

    public ComponentSession Session { get; set; } = null!;

    /// <summary>Completes when another message has been handled.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    public IReadOnlyList<PageFrame> Frames
    {
        get
        {
            lock (_gate)
            {
                return [.. _frames];
            }
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        Take(message);
        ThreadPool.QueueUserWorkItem(static link => link.SettleBehind(), this, preferLocal: false);
        return default;
    }

    public PublishedContent Publish(Func<Stream> open, string mediaType)
    {
        var address = $"test:/{Guid.NewGuid():N}";
        lock (_gate)
        {
            _published[address] = open;
        }

        return new PublishedContent(address, () =>
        {
            lock (_gate)
            {
                _published.Remove(address);
            }
        });
    }

    /// <summary>Opens what was published.</summary>
    /// <exception cref="IOException">It is not there, or not any more.</exception>
    public Stream Open(string address)
    {
        Func<Stream>? open;
        lock (_gate)
        {
            _published.TryGetValue(address, out open);
        }

        return open?.Invoke() ?? throw new IOException("The content is not there any more: it was fetched before, or C# has let go of it.");
    }

    /// <summary>Sends a message of the page, and returns when its synchronous part has run.</summary>
    /// <returns>The message's number.</returns>
    public long Send(string kind, Action<Utf8JsonWriter>? arguments = null)
    {
        long number;
        byte[] message;
        lock (_gate)
        {
            number = ++_sent;
            _acknowledged = _handled;
            message = Write(number, _handled, kind, arguments);
        }

        var turn = new TurnBuffer();

        // Not on the test's thread, which a handler that never returns would hold.
        var receiving = Task.Run(() => Session.ReceiveAsync(message, turn).AsTask());
        if (!receiving.Wait(limit))
        {
            throw new ComponentPageException($"What the page sent was not handled within {limit.TotalSeconds:0} s: {Encoding.UTF8.GetString(message)}");
        }

        foreach (var answer in turn.Messages)
        {
            Take(answer);
        }

        return number;
    }

    /// <summary>Handles what has come, and what comes of that, until there is nothing more.</summary>
    public void Settle()
    {
        // A function that a test set up for JavaScript looks at the page while it is called.
        if (_settler == Environment.CurrentManagedThreadId)
        {
            return;
        }

        if (!_settling.Wait(limit))
        {
            throw new ComponentPageException($"The page was busy for {limit.TotalSeconds:0} s: a function that the test set up for JavaScript does not return.");
        }

        try
        {
            _settler = Environment.CurrentManagedThreadId;
            if (_failure is not null)
            {
                ExceptionDispatchInfo.Throw(_failure);
            }

            var count = 0;
            while (HandleNext(ref count) || Acknowledge())
            {
            }
        }
        finally
        {
            _settler = 0;
            _settling.Release();
        }
    }

    public void Dispose() => _settling.Dispose();

    // Nobody hears of a failure here before the test's next call.
    private void SettleBehind()
    {
        // While the session begins: who begins it settles when it is there.
        if (Session is null)
        {
            return;
        }

        try
        {
            Settle();
        }
        catch (Exception exception)
        {
            _failure ??= exception;
        }
    }

    private bool HandleNext(ref int count)
    {
        JsonElement[]? message;
        lock (_gate)
        {
            if (!_waiting.Remove(_handled + 1, out message))
            {
                return false;
            }

            _handled++;
        }

        if (++count > MaxMessagesInARow)
        {
            throw new ComponentPageException($"The page was sent {MaxMessagesInARow:N0} messages in a row: a component renders because it was rendered, for ever.");
        }

        try
        {
            handle(this, message);
        }
        finally
        {
            TaskCompletionSource changed;
            lock (_gate)
            {
                (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            changed.TrySetResult();
        }

        return true;
    }

    private bool Acknowledge()
    {
        lock (_gate)
        {
            if (_acknowledged == _handled)
            {
                return false;
            }
        }

        Send("ack");
        return true;
    }

    private void Take(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        var message = document.RootElement.Clone().EnumerateArray().ToArray();
        lock (_gate)
        {
            var number = message[0].GetInt64();
            _waiting.Add(number, message);
            if (message.Length > 2 && message[2].ValueKind == JsonValueKind.Number)
            {
                _frames.Add(new PageFrame(number, Encoding.UTF8.GetString(utf8.Span), utf8.Length));
            }
        }
    }

    private static byte[] Write(long number, long acknowledged, string kind, Action<Utf8JsonWriter>? arguments)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            json.WriteNumberValue(number);
            json.WriteNumberValue(acknowledged);
            json.WriteStringValue(kind);
            arguments?.Invoke(json);
            json.WriteEndArray();
        }

        return stream.ToArray();
    }
}
