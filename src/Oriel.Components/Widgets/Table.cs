using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>Rows of things that have the same properties.</summary>
/// <typeparam name="TItem">What a row shows.</typeparam>
public sealed class Table<TItem> : Widget
{
    // The place, as a parent may make its columns anew each time it renders.
    private int? _sortedBy;
    private bool _isDescending;

    /// <summary>What is shown.</summary>
    [Parameter]
    [EditorRequired]
    public IReadOnlyList<TItem> Items { get; set; } = [];

    /// <summary>What is shown of each.</summary>
    [Parameter]
    [EditorRequired]
    public IReadOnlyList<TableColumn<TItem>> Columns { get; set; } = [];

    /// <summary>What the table shows, as its title.</summary>
    [Parameter]
    public string? Caption { get; set; }

    /// <summary>Tells an item from the others, so that its row stays the same when it moves; each has another key. Rows are told apart by their places when null.</summary>
    [Parameter]
    public Func<TItem, object>? ItemKey { get; set; }

    /// <summary>What is said when there is nothing to show.</summary>
    [Parameter]
    public string EmptyText { get; set; } = "Nothing to show.";

    /// <summary>Whether every other row has another background.</summary>
    [Parameter]
    public bool Striped { get; set; }

    private IEnumerable<TItem> Shown => _sortedBy is not { } place || place >= Columns.Count || Columns[place].SortBy is not { } by ? Items : _isDescending ? Items.OrderByDescending(by) : Items.OrderBy(by);

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "o-table-holder");
        builder.OpenElement(2, "table");
        AddCommon(builder, 3, Striped ? "o-table o-striped" : "o-table");
        if (Caption is not null)
        {
            builder.OpenElement(8, "caption");
            builder.AddContent(9, Caption);
            builder.CloseElement();
        }

        builder.OpenElement(10, "thead");
        builder.OpenElement(11, "tr");
        for (var place = 0; place < Columns.Count; place++)
        {
            BuildHead(builder, Columns[place], place);
        }

        builder.CloseElement();
        builder.CloseElement();
        builder.OpenElement(30, "tbody");
        if (Items.Count == 0)
        {
            builder.OpenElement(31, "tr");
            builder.OpenElement(32, "td");
            builder.AddAttribute(33, "class", "o-table-empty");
            builder.AddAttribute(34, "colspan", Columns.Count);
            builder.AddContent(35, EmptyText);
            builder.CloseElement();
            builder.CloseElement();
        }

        foreach (var item in Shown)
        {
            BuildRow(builder, item);
        }

        builder.CloseElement();
        builder.CloseElement();
        builder.CloseElement();
    }

    private void BuildHead(RenderTreeBuilder builder, TableColumn<TItem> column, int place)
    {
        builder.OpenElement(12, "th");
        builder.AddAttribute(13, "scope", "col");
        if (column.AlignEnd)
        {
            builder.AddAttribute(14, "class", "o-end");
        }

        if (column.SortBy is null)
        {
            builder.AddContent(15, column.Title);
        }
        else
        {
            builder.AddAttribute(16, "aria-sort", place != _sortedBy ? "none" : _isDescending ? "descending" : "ascending");
            builder.OpenElement(17, "button");
            builder.AddAttribute(18, "type", "button");
            builder.AddAttribute(19, "class", "o-sort");
            builder.AddAttribute(20, "onclick", EventCallback.Factory.Create(this, () => Sort(place)));
            builder.AddContent(21, column.Title);
            builder.CloseElement();
        }

        builder.CloseElement();
    }

    private void BuildRow(RenderTreeBuilder builder, TItem item)
    {
        builder.OpenElement(36, "tr");
        if (ItemKey is not null)
        {
            builder.SetKey(ItemKey(item));
        }

        foreach (var column in Columns)
        {
            builder.OpenElement(37, "td");
            if (column.AlignEnd)
            {
                builder.AddAttribute(38, "class", "o-end");
            }

            builder.AddContent(39, column.Show(item));
            builder.CloseElement();
        }

        builder.CloseElement();
    }

    private void Sort(int place)
    {
        _isDescending = place == _sortedBy && !_isDescending;
        _sortedBy = place;
    }
}
