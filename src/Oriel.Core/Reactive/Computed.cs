using System.Runtime.ExceptionServices;

namespace Oriel;

/// <summary>A value that is made of others: of what its function reads.</summary>
/// <remarks>
/// <para>
/// Made when it is read and anything that its function has read has changed; kept otherwise. Who has read it is not told of a new
/// value that is equal to the one before.
/// </para>
/// <para>
/// Thread-safe: it may be read on any thread, and the function runs there, with no lock held, on two threads at once too. It is
/// run again when a state that it has read is written meanwhile, so that its value does not mix an older state with a newer one. Against
/// writers that leave it no pause it gives up after a hundred times, and is made anew when it is read again.
/// What it reads after an <c>await</c>, or on another thread, is not followed.
/// </para>
/// </remarks>
/// <typeparam name="T">The value.</typeparam>
public sealed class Computed<T> : ISource, IReader
{
    private readonly Func<T> _compute;
    private readonly IEqualityComparer<T> _comparer;
    private readonly ReaderSet _readers = new();
    private volatile Result? _result;
    private bool _isFollowing;
    private int _isTold;

    /// <summary>Makes a computed value. Nothing runs until it is read.</summary>
    /// <param name="compute">Makes the value of what it reads, and changes nothing. Its exception is given to who reads the value, until anything that it has read changes.</param>
    /// <param name="comparer">What makes a value the same as the one before; by default the type's own equality.</param>
    public Computed(Func<T> compute, IEqualityComparer<T>? comparer = null)
    {
        ArgumentNullException.ThrowIfNull(compute);
        _compute = compute;
        _comparer = comparer ?? EqualityComparer<T>.Default;
    }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The function needs its own value, or computed values are nested too deeply.</exception>
    public T Value
    {
        get
        {
            if (Refresh() is not { } result)
            {
                // Noted all the same: when the circle is broken, who has met it is to try again.
                Reading.Note(this, -1);
                throw new InvalidOperationException($"A Computed<{typeof(T).Name}> needs its own value: its function reads it, or reads another Computed that does.");
            }

            Reading.Note(this, result.Version);
            result.Error?.Throw();
            return result.Value;
        }
    }

    ReaderSet ISource.Readers => _readers;

    int ISource.Depth => _result?.Depth ?? 0;

    /// <summary>The value as text. Reads it.</summary>
    public override string? ToString() => Value?.ToString();

    long ISource.Refresh() => Refresh()?.Version ?? -1;

    void ISource.Add(IReader reader)
    {
        lock (Graph.Gate)
        {
            _readers.Add(reader);
            if (!_isFollowing)
            {
                _isFollowing = true;
                Dependency.Follow(this, [], _result?.Dependencies ?? []);
            }
        }
    }

    void ISource.Remove(IReader reader)
    {
        lock (Graph.Gate)
        {
            _readers.Remove(reader);
            if (_isFollowing && _readers.Count == 0)
            {
                // What nobody follows follows nothing, and so is held by nothing: it looks at its sources when it is read.
                _isFollowing = false;
                Dependency.Follow(this, _result?.Dependencies ?? [], []);
            }
        }
    }

    ReaderSet? IReader.Tell(int generation) => Interlocked.Exchange(ref _isTold, 1) == 0 ? _readers : null;

    // Null when the value needs itself.
    private Result? Refresh()
    {
        // Before anything is looked at: a write that this misses tells again.
        if (Volatile.Read(ref _isTold) != 0)
        {
            Interlocked.Exchange(ref _isTold, 0);
        }

        var stamp = Writes.Stamp;
        var result = _result;
        if (result is not null && result.IsCheckedAt(stamp))
        {
            return result;
        }

        if (Reading.IsReading(this))
        {
            return null;
        }

        var reading = Reading.Begin(this);
        try
        {
            return Refresh(reading);
        }
        finally
        {
            reading.End();
        }
    }

    private Result Refresh(Reading reading)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stamp = Writes.Stamp;
            var before = _result;
            if (before is not null && Dependency.AreCurrent(before.Dependencies))
            {
                before.CheckedAt(stamp);
                return before;
            }

            reading.Restart();
            var result = Compute(before, reading);
            if (!result.IsWhole(stamp) && attempt < Graph.MaxAttempts)
            {
                continue;
            }

            // Who was faster has a value that is as good; it is looked at again.
            if (TryKeep(before, result))
            {
                result.CheckedAt(stamp);
                return result;
            }
        }
    }

    private Result Compute(Result? before, Reading reading)
    {
        T value = default!;
        ExceptionDispatchInfo? error = null;
        var isSame = false;
        try
        {
            value = _compute();
            isSame = before is { Error: null } && _comparer.Equals(before.Value, value);
        }
        catch (Exception exception)
        {
            error = ExceptionDispatchInfo.Capture(exception);
        }

        if (reading.Depth >= Graph.MaxDepth)
        {
            error = ExceptionDispatchInfo.Capture(new InvalidOperationException(
                $"A Computed<{typeof(T).Name}> is nested in more than {Graph.MaxDepth} others, which is the limit. Compute long chains in one function."));
        }

        var version = (before?.Version ?? 0) + (isSame ? 0 : 1);
        return new Result(isSame ? before!.Value : value, error, version, reading.Take(), Math.Min(reading.Depth + 1, Graph.MaxDepth));
    }

    private bool TryKeep(Result? before, Result result)
    {
        lock (Graph.Gate)
        {
            if (!ReferenceEquals(_result, before))
            {
                return false;
            }

            if (_isFollowing)
            {
                // First, so that who finds the new value finds it followed.
                Dependency.Follow(this, before?.Dependencies ?? [], result.Dependencies);
            }

            _result = result;
            return true;
        }
    }

    private sealed class Result(T value, ExceptionDispatchInfo? error, long version, Dependency[] dependencies, int depth)
    {
        private long _checkedAt = -1;

        public T Value => value;

        public ExceptionDispatchInfo? Error => error;

        public long Version => version;

        public Dependency[] Dependencies => dependencies;

        public int Depth => depth;

        public bool IsCheckedAt(long stamp) => stamp >= 0 && Interlocked.Read(ref _checkedAt) == stamp;

        public void CheckedAt(long stamp) => Interlocked.Exchange(ref _checkedAt, stamp);

        // Made of values that were there at the same time.
        public bool IsWhole(long stamp) => dependencies.Length < 2 || (stamp >= 0 && Writes.Stamp == stamp) || Dependency.AreCurrent(dependencies);
    }
}
