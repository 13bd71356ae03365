namespace Oriel.Ipc;

/// <summary>Holds the peer's events until they are handled: one at a time, in order, on the thread pool.</summary>
/// <remarks>
/// Events are copied into one buffer while those of another are handled, so that a stream of them allocates nothing. When too many
/// wait, so does who reads the channel, and with it the peer. Not however while this side waits for answers of the
/// peer: a handler that calls back would wait for an answer that nobody reads.
/// </remarks>
internal sealed class EventQueue : IThreadPoolWorkItem
{
    // How far beyond its limit the queue may grow while answers are awaited. Then the handler has to wait for its time-out.
    private const int Overdraft = 16;
    private const int OverdraftBytes = 4;

    // What one buffer can hold, with a last message.
    private const int MostBytes = 1024 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Func<string, IpcPayload, ValueTask> _handle;
    private readonly Action<Exception> _onError;
    private readonly Func<bool> _awaitsAnswers;
    private readonly IpcLimits _limits;
    private Batch _incoming = new();
    private Batch _handling = new();
    private readonly Queue<(IpcMessage Message, TaskCompletionSource Added)> _waiting = new();
    private bool _hasWaiting;
    private readonly TaskCompletionSource _handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isHandling;
    private bool _isCompleted;
    private volatile bool _isClosed;

    public EventQueue(Func<string, IpcPayload, ValueTask> handle, Action<Exception> onError, Func<bool> awaitsAnswers, IpcLimits limits)
    {
        _handle = handle;
        _onError = onError;
        _awaitsAnswers = awaitsAnswers;
        _limits = limits;
    }

    /// <summary>Adds an event; waits while too many wait to be handled.</summary>
    public ValueTask AddAsync(in IpcMessage message)
    {
        lock (_gate)
        {
            if (_isCompleted)
            {
                return ValueTask.CompletedTask;
            }

            if (_waiting.Count == 0 && HasRoom())
            {
                Add(message);
                return ValueTask.CompletedTask;
            }

            var added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // Not every channel keeps a message for as long as its handler takes.
            _waiting.Enqueue((message with { Data = message.Data.ToArray() }, added));
            Volatile.Write(ref _hasWaiting, true);
            Interlocked.MemoryBarrier();
            AddWaiting();
            return new ValueTask(added.Task);
        }
    }

    /// <summary>Lets those that wait for room look again: an answer is awaited from now on.</summary>
    public void OnAnswerAwaited()
    {
        // Either this sees the event that began to wait, or that one sees the request: both write, pass a barrier, and look.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _hasWaiting))
        {
            lock (_gate)
            {
                AddWaiting();
            }
        }
    }

    /// <summary>Takes nothing more; what has come is handled.</summary>
    /// <returns>Ends when it has been.</returns>
    public Task CompleteAsync()
    {
        lock (_gate)
        {
            // Those that wait have come as well. There is no more of them than readers.
            while (_waiting.TryDequeue(out var waiting))
            {
                Add(waiting.Message);
                waiting.Added.SetResult();
            }

            _hasWaiting = false;
            _isCompleted = true;
            if (!_isHandling)
            {
                _handled.TrySetResult();
            }

            return _handled.Task;
        }
    }

    /// <summary>Takes nothing more, and drops what is not handled.</summary>
    public void Close()
    {
        _isClosed = true;
        _ = CompleteAsync();
    }

    void IThreadPoolWorkItem.Execute() => _ = HandleAllAsync();

    /// <summary>Whether who reads the channel waits for room.</summary>
    public bool IsFull => Volatile.Read(ref _hasWaiting);

    private bool HasRoom() => IsWithin(1, 1) || (_awaitsAnswers() && IsWithin(OverdraftBytes, Overdraft));

    private bool IsWithin(long bytes, long events) =>
        _incoming.Data.Length < Math.Min(_limits.MaxMessageBytes * bytes, Math.Max(_limits.MaxMessageBytes, MostBytes)) && _incoming.Events.Count < _limits.MaxQueuedEvents * events;

    // Under the lock, in their order.
    private void AddWaiting()
    {
        while (_waiting.Count > 0 && HasRoom())
        {
            var (message, added) = _waiting.Dequeue();
            Add(message);
            added.SetResult();
        }

        _hasWaiting = _waiting.Count > 0;
    }

    private void Add(in IpcMessage message)
    {
        _incoming.Events.Add(new Entry(message.Name, _incoming.Data.Length, message.Data.Length, message.IsBinary));
        _incoming.Data.Write(message.Data.Span);

        if (!_isHandling)
        {
            _isHandling = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private async Task HandleAllAsync()
    {
        while (TakeBatch())
        {
            foreach (var entry in _handling.Events)
            {
                if (_isClosed)
                {
                    break;
                }

                try
                {
                    await _handle(entry.Name, new IpcPayload(_handling.Data.Memory.Slice(entry.Start, entry.Length), entry.IsBinary)).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    _onError(exception);
                }
            }
        }
    }

    private bool TakeBatch()
    {
        _handling.Clear();
        lock (_gate)
        {
            if (_isClosed || _incoming.Events.Count == 0)
            {
                _isHandling = false;
                if (_isCompleted)
                {
                    _handled.TrySetResult();
                }

                return false;
            }

            (_incoming, _handling) = (_handling, _incoming);
            AddWaiting();
        }

        return true;
    }

    private readonly record struct Entry(string Name, int Start, int Length, bool IsBinary);

    private sealed class Batch
    {
        // What a burst has grown is given back when it is over.
        private const int KeptBytes = 1024 * 1024;

        public List<Entry> Events { get; } = [];

        public PooledBuffer Data { get; } = new();

        public void Clear()
        {
            Events.Clear();
            if (Data.Length > KeptBytes)
            {
                Data.Dispose();
            }
            else
            {
                Data.Truncate(0);
            }
        }
    }
}
