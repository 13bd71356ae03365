using System.Collections;
using System.Collections.Immutable;

namespace Oriel;

/// <summary>A list that is followed by who reads it, as a <see cref="State{T}"/> is.</summary>
/// <remarks>
/// <para>
/// Thread-safe. What is read is a snapshot: enumerating is not disturbed by who writes meanwhile. An index that was found in one
/// snapshot may be another item's when other threads write too; <see cref="Update"/> changes what it has seen.
/// </para>
/// <para>Items are immutable: to change one, put another in its place. <c>For</c> of Oriel.Components renders only the rows that changed.</para>
/// </remarks>
/// <typeparam name="T">An item.</typeparam>
public sealed class ListState<T> : IReadOnlyList<T>, ISource
{
    // Who is behind by more compares the lists: so many changes are rarely less work than that.
    private const int MaxChanges = 256;

    private readonly Lock _gate = new();
    private readonly ReaderSet _readers = new();
    private readonly Queue<ListChange<T>> _changes = new();
    private volatile Versioned _current;

    /// <summary>Makes a list.</summary>
    /// <param name="items">What is in it.</param>
    public ListState(params IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        _current = new Versioned([.. items], 1);
    }

    /// <summary>The items as they are now.</summary>
    public ImmutableList<T> Value
    {
        get
        {
            var current = _current;
            Reading.Note(this, current.Version);
            return current.Items;
        }
    }

    /// <summary>The number of items.</summary>
    public int Count => Value.Count;

    /// <summary>An item. Setting it puts another in its place.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public T this[int index]
    {
        get => Value[index];
        set => Write(items => (items.SetItem(index, value), new ListChange<T>(ListChangeKind.Replace, index, 0, value)));
    }

    ReaderSet ISource.Readers => _readers;

    int ISource.Depth => 0;

    /// <summary>Adds an item at the end.</summary>
    public void Add(T item) =>
        Write(items => (items.Add(item), new ListChange<T>(ListChangeKind.Insert, items.Count, 0, item)));

    /// <summary>Puts an item before the one at an index, or at the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public void Insert(int index, T item) =>
        Write(items => (items.Insert(index, item), new ListChange<T>(ListChangeKind.Insert, index, 0, item)));

    /// <summary>Takes an item away.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public void RemoveAt(int index) =>
        Write(items => (items.RemoveAt(index), new ListChange<T>(ListChangeKind.Remove, index, 0, default!)));

    /// <summary>Moves an item to another place.</summary>
    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it is then.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public void Move(int from, int to) =>
        Write(items => (items.RemoveAt(from).Insert(to, items[from]), new ListChange<T>(ListChangeKind.Move, from, to, default!)));

    /// <summary>Takes all items away.</summary>
    public void Clear() => Reset([]);

    /// <summary>Has other items instead, or the same ones in another order.</summary>
    public void Reset(params IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var list = items.ToImmutableList();
        Update(_ => list);
    }

    /// <summary>Makes a new list of the present one, for more than one change at once.</summary>
    /// <param name="change">
    /// Returns the new list. No lock is held: it runs again when another thread has written meanwhile, so it does nothing else.
    /// </param>
    /// <returns>The new list.</returns>
    public ImmutableList<T> Update(Func<ImmutableList<T>, ImmutableList<T>> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Writes.Verify();

        while (true)
        {
            var before = _current;
            var items = change(before.Items) ?? throw new InvalidOperationException("The function of Update returned null: it returns the new list, which may be empty.");
            if (ReferenceEquals(items, before.Items))
            {
                return items;
            }

            lock (_gate)
            {
                if (!ReferenceEquals(_current, before))
                {
                    continue;
                }

                Commit(items, null);
            }

            Writes.Tell(_readers);
            return items;
        }
    }

    /// <summary>Enumerates the items as they are now, whatever is written meanwhile.</summary>
    public ImmutableList<T>.Enumerator GetEnumerator() => Value.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Value.GetEnumerator();

    /// <summary>The items and what has led to them since a version. Reads them.</summary>
    /// <param name="since">The version that is known.</param>
    internal ListSnapshot<T> Read(long since)
    {
        ListSnapshot<T> snapshot;
        lock (_gate)
        {
            var current = _current;
            var count = current.Version - since;
            var changes = count >= 0 && count <= _changes.Count ? _changes.Skip(_changes.Count - (int)count).ToArray() : null;
            snapshot = new ListSnapshot<T>(current.Items, current.Version, changes);
        }

        Reading.Note(this, snapshot.Version);
        return snapshot;
    }

    long ISource.Refresh() => _current.Version;

    void ISource.Add(IReader reader) => _readers.Add(reader);

    void ISource.Remove(IReader reader) => _readers.Remove(reader);

    // Under the lock no code of others runs: an immutable list compares nothing to do this.
    private void Write(Func<ImmutableList<T>, (ImmutableList<T> Items, ListChange<T> Record)> change)
    {
        Writes.Verify();
        lock (_gate)
        {
            var (items, record) = change(_current.Items);
            Commit(items, record);
        }

        Writes.Tell(_readers);
    }

    private void Commit(ImmutableList<T> items, ListChange<T>? record)
    {
        if (record is { } change)
        {
            if (_changes.Count == MaxChanges)
            {
                _changes.Dequeue();
            }

            _changes.Enqueue(change);
        }
        else
        {
            _changes.Clear();
        }

        Writes.Begin();
        _current = new Versioned(items, _current.Version + 1);
        Writes.End();
    }

    private sealed record Versioned(ImmutableList<T> Items, long Version);
}
