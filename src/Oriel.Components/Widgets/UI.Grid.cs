using Oriel.Components.Widgets;

namespace Oriel.Components;

// Columns.
public static partial class UI
{
    /// <summary>Puts views into columns.</summary>
    /// <param name="views">What is inside; null is nothing.</param>
    public static View<Grid> Grid(params View?[] views) => new View<Grid>().Content(views);

    /// <summary>Sets how many columns there are: 1 to 24.</summary>
    public static View<Grid> Columns(this View<Grid> view, int columns) => Put(view, nameof(Widgets.Grid.Columns), columns);

    /// <summary>Sets how wide a column is at least when there are as many as fit.</summary>
    public static View<Grid> MinColumnWidth(this View<Grid> view, Length minColumnWidth) => Put(view, nameof(Widgets.Grid.MinColumnWidth), minColumnWidth);

    /// <summary>Sets the distance between columns and between rows.</summary>
    public static View<Grid> Spacing(this View<Grid> view, Space spacing) => Put(view, nameof(Widgets.Grid.Spacing), spacing);
}
