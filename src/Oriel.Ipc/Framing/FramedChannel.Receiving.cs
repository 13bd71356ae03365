using System.Diagnostics;

namespace Oriel.Ipc;

// Receiving: whoever asks for a message reads.
public abstract partial class FramedChannel
{
    // A socket is polled for 35 minutes at most: it counts microseconds in 32 bits.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    private TaskCompletionSource? _filling;
    private SemaphoreSlim? _fillRequests;

    /// <inheritdoc/>
    public IpcMessage? Receive(TimeSpan timeout)
    {
        using var receiving = BeginReceiving();
        var deadline = DeadlineOf(timeout);

        for (; ; )
        {
            if (TryTake(out var message))
            {
                return message;
            }

            if (_isEnded)
            {
                return null;
            }

            if (deadline == long.MaxValue && _transport.CanTry && _filling is not { Task.IsCompleted: false })
            {
                EndUnless(Fill());
                continue;
            }

            var now = Stopwatch.GetTimestamp();
            var left = deadline == long.MaxValue ? Timeout.InfiniteTimeSpan : Stopwatch.GetElapsedTime(now, Math.Max(deadline, now));
            if (!TryFillNow() && !WaitForBytes(left) && Stopwatch.GetTimestamp() >= deadline)
            {
                throw new IpcException(IpcErrorCode.Timeout, $"Nothing arrived on \"{Name}\" within {timeout}.");
            }
        }
    }

    /// <inheritdoc/>
    public bool TryReceive(out IpcMessage message)
    {
        using var receiving = BeginReceiving();
        do
        {
            if (TryTake(out message))
            {
                return true;
            }
        }
        while (!_isEnded && TryFillNow());

        return false;
    }

    /// <inheritdoc/>
    public async ValueTask<IpcMessage?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        using var receiving = BeginReceiving();
        for (; ; )
        {
            if (TryTake(out var message))
            {
                return message;
            }

            if (_isEnded)
            {
                return null;
            }

            if (!TryFillNow())
            {
                await FillAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Reads what is there; false when that is nothing.
    private bool TryFillNow()
    {
        if (!_transport.CanTry || _filling is { Task.IsCompleted: false })
        {
            return false;
        }

        try
        {
            var count = _transport.TryRead(_frames.Free);
            if (count == ByteTransport.WouldWait)
            {
                return false;
            }

            EndUnless(Take(count));
        }
        catch (IOException exception)
        {
            EndUnless(Break(exception));
        }

        return true;
    }

    // A time that is longer than the clock counts is for ever.
    private static long DeadlineOf(TimeSpan timeout)
    {
        var now = Stopwatch.GetTimestamp();
        var ticks = timeout.TotalSeconds * Stopwatch.Frequency;
        return timeout == Timeout.InfiniteTimeSpan || ticks >= long.MaxValue - now ? long.MaxValue : now + (long)ticks;
    }

    // False when nothing came, maybe before the time was over.
    private bool WaitForBytes(TimeSpan timeout)
    {
        if (timeout > LongestWait)
        {
            timeout = LongestWait;
        }

        if (_transport.CanTry && _filling is not { Task.IsCompleted: false })
        {
            return _transport.WaitToRead(timeout);
        }

        return FillAsync().Wait(timeout);
    }

    // A read by a thread that may block. One that a receiver gave up stays under way, and its bytes are the next receiver's.
    private Task FillAsync()
    {
        if (_filling is { Task.IsCompleted: false } filling)
        {
            return filling.Task;
        }

        _filling = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_fillRequests is null)
        {
            _fillRequests = new SemaphoreSlim(0);
            StartThread(static channel => ((FramedChannel)channel!).FillLoop(), "reader");
        }

        // Either this sees that the channel has ended, or the thread, which that has woken for the last time, sees this request.
        Interlocked.MemoryBarrier();
        if (_isEnded)
        {
            _filling.TrySetResult();
        }

        _fillRequests.Release();
        return _filling.Task;
    }

    private void FillLoop()
    {
        do
        {
            _fillRequests!.Wait();
            EndUnless(_isEnded || Fill());
            _filling?.TrySetResult();
        }
        while (!_isEnded);
    }

    private void EndUnless(bool hasBytes)
    {
        if (!hasBytes)
        {
            EndReading(null);
        }
    }

    private Receiving BeginReceiving()
    {
        _claim.BeginReceiving(Name);
        return new Receiving(this);
    }

    private void EndReceiving()
    {
        _claim.EndReceiving();
        if (_isDisposed)
        {
            CloseMemory();
        }
    }

    private readonly struct Receiving(FramedChannel channel) : IDisposable
    {
        public void Dispose() => channel.EndReceiving();
    }
}
