namespace Oriel.Ipc;

/// <summary>The end of a channel whose messages are handled on a host program's own thread (Maya, Houdini, Blender...).</summary>
/// <remarks>
/// Messages wait until the program pumps: when its <see cref="IWaker"/> asks, or whenever it is idle. The handler (<see cref="ThreadChannel.OnMessage"/>)
/// runs inside <see cref="Pump(TimeSpan)"/>. The waker is called once for all messages that come before the next pump, and again
/// after a pump that left some.
/// </remarks>
public sealed class DccChannel : ThreadChannel
{
    /// <summary>What a pump inside a pump answers: it has done nothing.</summary>
    public const int AlreadyPumping = -1;

    private readonly IWaker _waker;
    private readonly DccChannelOptions _options;
    private volatile Func<IpcMessage, ValueTask>? _handler;
    private int _thread;
    private int _isWakeAsked;
    private int _isPumping;
    private int _isHandling;

    private DccChannel(string name, IWaker waker, DccChannelOptions options)
        : base(name, "dcc")
    {
        _waker = waker;
        _options = options;
    }

    /// <summary>Creates a channel: one end for any thread, one for the host program's.</summary>
    /// <param name="waker">Asks the program for a pump.</param>
    /// <param name="options">How the channel is made.</param>
    public static (ThreadChannel Worker, DccChannel Host) CreatePair(IWaker waker, DccChannelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(waker);
        options ??= new DccChannelOptions { Name = "dcc" };

        var worker = Create($"{options.Name}_a");
        var host = new DccChannel($"{options.Name}_b", waker, options);
        Connect(worker, host, options);
        return (worker, host);
    }

    /// <summary>Handles messages that wait, on this thread, until there are none or so much time has passed.</summary>
    /// <param name="budget">How long; a message that is being handled is not interrupted, and one is handled in any case.</param>
    /// <returns>How many are left; <see cref="AlreadyPumping"/> inside a handler.</returns>
    /// <exception cref="InvalidOperationException">Another thread has pumped, and the channel is bound to it.</exception>
    public int Pump(TimeSpan budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, TimeSpan.Zero);
        return Pump(int.MaxValue, budget);
    }

    /// <summary>Handles so many of the messages that wait, on this thread.</summary>
    /// <returns>How many are left; <see cref="AlreadyPumping"/> inside a handler.</returns>
    /// <exception cref="InvalidOperationException">Another thread has pumped, and the channel is bound to it.</exception>
    public int Pump(int maxMessages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        return Pump(maxMessages, null);
    }

    private protected override void BeginHandling(Func<IpcMessage, ValueTask> handler)
    {
        _handler = handler;
        WakeIfWaiting();
    }

    private protected override void OnArrived() => Wake();

    private int Pump(int maxMessages, TimeSpan? budget)
    {
        CheckThread();

        while (Interlocked.Exchange(ref _isPumping, 1) != 0)
        {
            // What asked for this pump is spent. The pump that is under way asks again if it leaves messages; if it has just ended, it did not see that.
            Interlocked.Exchange(ref _isWakeAsked, 0);
            if (Volatile.Read(ref _isPumping) != 0)
            {
                return AlreadyPumping;
            }
        }

        try
        {
            // Before the first message is taken: whatever comes from here on asks again.
            Interlocked.Exchange(ref _isWakeAsked, 0);
            if (_handler is not { } handler)
            {
                return Waiting;
            }

            HandleWaiting(handler, maxMessages, budget);
        }
        finally
        {
            Interlocked.Exchange(ref _isPumping, 0);
        }

        return WakeIfWaiting();
    }

    private void HandleWaiting(Func<IpcMessage, ValueTask> handler, int maxMessages, TimeSpan? budget)
    {
        var start = _options.TimeProvider.GetTimestamp();
        for (var handled = 0; handled < maxMessages && Volatile.Read(ref _isHandling) == 0; handled++)
        {
            if (handled > 0 && budget is { } limit && _options.TimeProvider.GetElapsedTime(start) >= limit)
            {
                return;
            }

            if (!TryTake(out var message))
            {
                return;
            }

            try
            {
                var task = handler(message);
                if (task.IsCompleted)
                {
                    task.GetAwaiter().GetResult();
                    continue;
                }

                Volatile.Write(ref _isHandling, 1);
                _ = FinishAsync(task);
            }
            catch (Exception exception)
            {
                FailHandling(exception);
            }
        }
    }

    // The program's thread does not wait for a handler that awaits; the next message does.
    private async Task FinishAsync(ValueTask handling)
    {
        try
        {
            await handling.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            FailHandling(exception);
        }

        Interlocked.Exchange(ref _isHandling, 0);
        WakeIfWaiting();
    }

    // Without a handler, or while one awaits, a pump would do nothing.
    private int WakeIfWaiting()
    {
        var left = Waiting;
        if (left > 0 && _handler is not null && Volatile.Read(ref _isHandling) == 0)
        {
            Wake();
        }

        return left;
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _isWakeAsked, 1) != 0)
        {
            return;
        }

        try
        {
            _waker.Wake();
        }
        catch (Exception exception)
        {
            Fail($"The host program of \"{Name}\" could not be woken", exception);
        }
    }

    private void CheckThread()
    {
        if (!_options.BindToThread)
        {
            return;
        }

        var current = Environment.CurrentManagedThreadId;
        var owner = Interlocked.CompareExchange(ref _thread, current, 0);
        if (owner != 0 && owner != current)
        {
            throw new InvalidOperationException($"\"{Name}\" is pumped by the thread {owner}, and this is the thread {current}. Pump on the host program's own thread, or set BindToThread to false.");
        }
    }
}
