namespace Oriel.Ipc;

/// <summary>The requests of ours that are not answered yet, by their ids, and the clock that ends those that take too long.</summary>
/// <remarks>
/// Thread-safe. An id is a slot and how often the slot was used: found without hashing, never given twice. One timer serves all: it is
/// set for the earliest deadline and not touched by requests with later ones, which with one time-out for all are all others.
/// </remarks>
internal sealed class RequestTable : IDisposable
{
    /// <summary>The most requests that may wait for their answers.</summary>
    public const int MaxRequests = 1 << SlotBits;

    private const int SlotBits = 16;
    private const int KeptRequests = 1_024;

    // A timer takes at most 49 days; one that fires too early finds nothing late and is set again.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<PendingRequest> _onTimeout;
    private readonly Stack<int> _free = new();
    private readonly Stack<PendingRequest> _kept = new();
    private (PendingRequest? Request, long Use)[] _slots = new (PendingRequest?, long)[16];
    private ITimer? _timer;
    private long _timerDeadline = long.MaxValue;
    private int _used;
    private bool _isClosed;

    public RequestTable(TimeProvider time, Action<PendingRequest> onTimeout)
    {
        _time = time;
        _onTimeout = onTimeout;
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _used - _free.Count;
            }
        }
    }

    /// <summary>A request that was used before, if there is one.</summary>
    public PendingRequest? Reuse()
    {
        lock (_gate)
        {
            return _kept.TryPop(out var request) ? request : null;
        }
    }

    public void Keep(PendingRequest request)
    {
        lock (_gate)
        {
            if (_kept.Count < KeptRequests)
            {
                _kept.Push(request);
            }
        }
    }

    /// <summary>Gives a request its id and its deadline.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.Busy"/>: too many wait already. <see cref="IpcErrorCode.Disconnected"/>: the table is closed.</exception>
    public void Add(PendingRequest request, TimeSpan timeout)
    {
        request.StartedAt = _time.GetTimestamp();
        request.Deadline = DeadlineOf(request.StartedAt, timeout);

        lock (_gate)
        {
            if (_isClosed)
            {
                throw new IpcException(IpcErrorCode.Disconnected, "The channel is closed.");
            }

            if (!_free.TryPop(out var slot))
            {
                slot = NewSlot();
            }

            ref var entry = ref _slots[slot];
            entry.Request = request;
            entry.Use++;
            request.Id = new IpcId((entry.Use << SlotBits) | (long)slot);

            if (request.Deadline < _timerDeadline)
            {
                SetTimer(request.Deadline, request.StartedAt);
            }
        }
    }

    /// <summary>Finds a request, which stays.</summary>
    public PendingRequest? Find(IpcId id)
    {
        lock (_gate)
        {
            return TryFind(id, out var slot) ? _slots[slot].Request : null;
        }
    }

    /// <summary>Takes a request out: of several who try, one gets it.</summary>
    public PendingRequest? Take(IpcId id)
    {
        lock (_gate)
        {
            if (!TryFind(id, out var slot))
            {
                return null;
            }

            return TakeSlot(slot);
        }
    }

    /// <summary>Takes all out; no other can come in.</summary>
    public PendingRequest[] Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _timer?.Dispose();
            _timer = null;
            return [.. Enumerable.Range(0, _used).Where(slot => _slots[slot].Request is not null).Select(TakeSlot)];
        }
    }

    public void Dispose() => _timer?.Dispose();

    private long DeadlineOf(long start, TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return long.MaxValue;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        var ticks = timeout.TotalSeconds * _time.TimestampFrequency;
        return ticks < long.MaxValue - start ? start + (long)ticks : long.MaxValue;
    }

    private bool TryFind(IpcId id, out int slot)
    {
        slot = 0;
        if (!id.TryGetNumber(out var number))
        {
            return false;
        }

        slot = (int)(number & (MaxRequests - 1));
        return slot < _used && _slots[slot].Request is not null && _slots[slot].Use == number >> SlotBits;
    }

    private PendingRequest TakeSlot(int slot)
    {
        var request = _slots[slot].Request!;
        _slots[slot].Request = null;
        _free.Push(slot);
        return request;
    }

    private int NewSlot()
    {
        if (_used == MaxRequests)
        {
            throw new IpcException(IpcErrorCode.Busy, $"{MaxRequests:N0} requests wait for their answers, which is the limit.");
        }

        if (_used == _slots.Length)
        {
            Array.Resize(ref _slots, _slots.Length * 2);
        }

        return _used++;
    }

    private void SetTimer(long deadline, long now)
    {
        _timerDeadline = deadline;

        // A millisecond more: a timer that fires just before its time would have to be set once again.
        var due = deadline == long.MaxValue ? Timeout.InfiniteTimeSpan : _time.GetElapsedTime(now, Math.Max(deadline, now)) + TimeSpan.FromMilliseconds(_time == TimeProvider.System ? 1 : 0);
        due = due > LongestTimer ? LongestTimer : due;
        if (_timer is null)
        {
            _timer = _time.CreateTimer(static table => ((RequestTable)table!).OnTimer(), this, due, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        List<PendingRequest> late = [];
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            var now = _time.GetTimestamp();
            var next = long.MaxValue;
            for (var slot = 0; slot < _used; slot++)
            {
                if (_slots[slot].Request is not { } request)
                {
                    continue;
                }

                if (request.Deadline <= now)
                {
                    late.Add(TakeSlot(slot));
                }
                else
                {
                    next = Math.Min(next, request.Deadline);
                }
            }

            SetTimer(next, now);
        }

        foreach (var request in late)
        {
            _onTimeout(request);
        }
    }
}
