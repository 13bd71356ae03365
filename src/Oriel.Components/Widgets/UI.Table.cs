using Oriel.Components.Widgets;

namespace Oriel.Components;

// Tables.
public static partial class UI
{
    /// <summary>Rows of things that have the same properties.</summary>
    /// <param name="items">What is shown.</param>
    /// <param name="columns">What is shown of each.</param>
    public static View<Table<TItem>> Table<TItem>(IReadOnlyList<TItem> items, params TableColumn<TItem>[] columns) =>
        Put(Put(new View<Table<TItem>>(), nameof(Widgets.Table<>.Items), items), nameof(Widgets.Table<>.Columns), columns);

    /// <summary>Rows of things that follow what a function reads.</summary>
    /// <param name="read">Reads what is shown.</param>
    /// <param name="columns">What is shown of each.</param>
    public static View<Table<TItem>> Table<TItem>(Func<IReadOnlyList<TItem>> read, params TableColumn<TItem>[] columns) =>
        Put(new View<Table<TItem>>().Set(nameof(Widgets.Table<>.Items), read), nameof(Widgets.Table<>.Columns), columns);

    /// <summary>Rows of text.</summary>
    /// <param name="head">The headings.</param>
    /// <param name="rows">The texts, row by row; each row as long as the headings.</param>
    public static View<Table<IReadOnlyList<string>>> Table(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
        {
            if (row.Count != head.Count)
            {
                throw new ArgumentException($"A row has {row.Count} texts where there are {head.Count} headings.", nameof(rows));
            }
        }

        return Table(rows, [.. head.Select(static (title, index) => new TableColumn<IReadOnlyList<string>>(title, row => row[index]))]);
    }

    /// <summary>Sets its title.</summary>
    public static View<Table<TItem>> Caption<TItem>(this View<Table<TItem>> view, string caption) => Put(view, nameof(Widgets.Table<>.Caption), caption);

    /// <summary>Tells an item from the others, so that its row stays the same when it moves.</summary>
    public static View<Table<TItem>> ItemKey<TItem>(this View<Table<TItem>> view, Func<TItem, object> itemKey) => Put(view, nameof(Widgets.Table<>.ItemKey), itemKey);

    /// <summary>Sets what is said when there is nothing to show.</summary>
    public static View<Table<TItem>> EmptyText<TItem>(this View<Table<TItem>> view, string emptyText) => Put(view, nameof(Widgets.Table<>.EmptyText), emptyText);

    /// <summary>Gives every other row another background.</summary>
    public static View<Table<TItem>> Striped<TItem>(this View<Table<TItem>> view, bool striped = true) => Put(view, nameof(Widgets.Table<>.Striped), striped);
}
