using Microsoft.AspNetCore.Components;

namespace Oriel.Components.Widgets;

/// <summary>What a <see cref="Table{TItem}"/> shows of each item.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Show">Shows it.</param>
/// <typeparam name="TItem">What a row shows.</typeparam>
public sealed record TableColumn<TItem>(string Title, Func<TItem, RenderFragment> Show)
{
    /// <summary>Shows a text.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="text">The text of an item.</param>
    public TableColumn(string title, Func<TItem, string?> text)
        : this(title, item => builder => builder.AddContent(0, text(item)))
    {
    }

    /// <summary>What the rows are sorted by when the heading is pressed; null for a column that does not sort.</summary>
    public Func<TItem, IComparable?>? SortBy { get; init; }

    /// <summary>Whether it stands at the end of its column, as numbers do.</summary>
    public bool AlignEnd { get; init; }
}
