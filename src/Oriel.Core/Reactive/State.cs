namespace Oriel;

/// <summary>A value that is followed by who reads it: components, <see cref="Computed{T}"/> and <see cref="Effect"/>.</summary>
/// <remarks>
/// <para>
/// Thread-safe: it may be read and written on any thread. Who has read it learns of a change on its own thread, some time after
/// the write has returned, and once for all that was written meanwhile.
/// </para>
/// <para>
/// Make values immutable, and write a new one to change them: a change in place is seen by nobody. A list is better kept in a
/// <see cref="ListState{T}"/>. What pages written in JavaScript share is a <see cref="SharedState{T}"/>.
/// </para>
/// </remarks>
/// <typeparam name="T">The value.</typeparam>
public sealed class State<T> : ISource
{
    private readonly IEqualityComparer<T> _comparer;
    private readonly ReaderSet _readers = new();
    private volatile Versioned _current;

    /// <summary>Makes a state.</summary>
    /// <param name="initial">The first value.</param>
    /// <param name="comparer">What makes a value the same as the one before, so that nothing changes; by default the type's own equality.</param>
    public State(T initial, IEqualityComparer<T>? comparer = null)
    {
        _comparer = comparer ?? EqualityComparer<T>.Default;
        _current = new Versioned(initial, 1);
    }

    /// <summary>The value. To change it depending on what it is, use <see cref="Update"/>.</summary>
    /// <exception cref="InvalidOperationException">The function of a <see cref="Computed{T}"/> writes it.</exception>
    public T Value
    {
        get
        {
            var current = _current;
            Reading.Note(this, current.Version);
            return current.Value;
        }
        set
        {
            Writes.Verify();
            while (!TryWrite(_current, value))
            {
            }
        }
    }

    ReaderSet ISource.Readers => _readers;

    int ISource.Depth => 0;

    /// <summary>Makes a new value of the present one.</summary>
    /// <param name="change">
    /// Returns the new value. No lock is held: it runs again when another thread has written meanwhile, so it does nothing else.
    /// Its exception is the caller's, and leaves the value as it was.
    /// </param>
    /// <returns>The new value.</returns>
    /// <exception cref="InvalidOperationException">The function of a <see cref="Computed{T}"/> writes it.</exception>
    public T Update(Func<T, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Writes.Verify();

        while (true)
        {
            var before = _current;
            var value = change(before.Value);
            if (TryWrite(before, value))
            {
                return value;
            }
        }
    }

    /// <summary>The value as text. Reads it.</summary>
    public override string? ToString() => Value?.ToString();

    long ISource.Refresh() => _current.Version;

    void ISource.Add(IReader reader) => _readers.Add(reader);

    void ISource.Remove(IReader reader) => _readers.Remove(reader);

    private bool TryWrite(Versioned before, T value)
    {
        if (_comparer.Equals(before.Value, value))
        {
            return ReferenceEquals(_current, before);
        }

        var after = new Versioned(value, before.Version + 1);
        Writes.Begin();
#pragma warning disable CS0420 // The exchange is a volatile access.
        var isWritten = ReferenceEquals(Interlocked.CompareExchange(ref _current, after, before), before);
#pragma warning restore CS0420
        Writes.End();
        if (isWritten)
        {
            Writes.Tell(_readers);
        }

        return isWritten;
    }

    private sealed record Versioned(T Value, long Version);
}
