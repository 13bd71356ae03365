namespace Oriel.Components;

/// <summary>A row of a list: as long as an item of its key is in it.</summary>
internal sealed class RowState<T>(object key, T item)
{
    public object Key => key;

    public State<T> Item { get; } = new(item);
}
