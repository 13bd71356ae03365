namespace Oriel.Components;

/// <summary>The rows of a list, which follow its items.</summary>
internal sealed class RowList<T>
{
    private Dictionary<object, RowState<T>> _byKey = [];
    private List<RowState<T>> _rows = [];

    public IReadOnlyList<RowState<T>> Rows => _rows;

    /// <summary>The version of the list that the rows are of; -1 before the first.</summary>
    public long Version { get; set; } = -1;

    /// <summary>Follows the changes of a list, if all that they do is to put newer items in the places of older ones.</summary>
    /// <returns>Whether they do; if not, the rows are as before.</returns>
    public bool TryReplace(ListState<T> list, Func<T, object> key)
    {
        var snapshot = list.Read(Version);
        if (snapshot.Changes is null || !Array.TrueForAll(snapshot.Changes, change => change.Kind == ListChangeKind.Replace && _rows[change.Index].Key.Equals(key(change.Item))))
        {
            return false;
        }

        foreach (var change in snapshot.Changes)
        {
            _rows[change.Index].Item.Value = change.Item;
        }

        Version = snapshot.Version;
        return true;
    }

    /// <summary>Follows a list.</summary>
    /// <exception cref="InvalidOperationException">Two items have the same key, or one has none.</exception>
    public void Update(ListSnapshot<T> snapshot, Func<T, object> key)
    {
        if (Version < 0 || snapshot.Changes is null || !Array.TrueForAll(snapshot.Changes, change => TryFollow(change, key)))
        {
            Update(snapshot.Items, key);
        }

        Version = snapshot.Version;
    }

    /// <summary>Has these items instead; a row stays the row of its key.</summary>
    /// <exception cref="InvalidOperationException">Two items have the same key, or one has none.</exception>
    public void Update(IEnumerable<T> items, Func<T, object> key)
    {
        var rows = new List<RowState<T>>();
        var byKey = new Dictionary<object, RowState<T>>();
        foreach (var item in items)
        {
            var itemKey = KeyOf(item, key);
            if (_byKey.TryGetValue(itemKey, out var row))
            {
                row.Item.Value = item;
            }
            else
            {
                row = new RowState<T>(itemKey, item);
            }

            if (!byKey.TryAdd(itemKey, row))
            {
                throw new InvalidOperationException($"Two items of a For have the key \"{itemKey}\". Give each a key that no other has, such as its id.");
            }

            rows.Add(row);
        }

        (_rows, _byKey) = (rows, byKey);
    }

    // False when a key is there twice, if only for a moment: then the lists are compared.
    private bool TryFollow(ListChange<T> change, Func<T, object> key)
    {
        switch (change.Kind)
        {
            case ListChangeKind.Insert:
                return TryInsert(change.Index, change.Item, KeyOf(change.Item, key));
            case ListChangeKind.Remove:
                RemoveAt(change.Index);
                return true;
            case ListChangeKind.Move:
                var moved = _rows[change.Index];
                _rows.RemoveAt(change.Index);
                _rows.Insert(change.To, moved);
                return true;
            default:
                var itemKey = KeyOf(change.Item, key);
                if (_rows[change.Index].Key.Equals(itemKey))
                {
                    _rows[change.Index].Item.Value = change.Item;
                    return true;
                }

                RemoveAt(change.Index);
                return TryInsert(change.Index, change.Item, itemKey);
        }
    }

    private bool TryInsert(int index, T item, object key)
    {
        var row = new RowState<T>(key, item);
        if (!_byKey.TryAdd(key, row))
        {
            return false;
        }

        _rows.Insert(index, row);
        return true;
    }

    private void RemoveAt(int index)
    {
        _byKey.Remove(_rows[index].Key);
        _rows.RemoveAt(index);
    }

    private static object KeyOf(T item, Func<T, object> key) =>
        key(item) ?? throw new InvalidOperationException("An item of a For has no key: the function returned null.");
}
