using Microsoft.AspNetCore.Components;

namespace Oriel.Components.Widgets;

/// <summary>Puts things into columns of one width, or into as many columns as there is room for.</summary>
public sealed class Grid : Box
{
    private const int MaxColumns = 24;

    /// <summary>How many columns there are: 1 to 24. As many as fit when null.</summary>
    [Parameter]
    public int? Columns { get; set; }

    /// <summary>How wide a column is at least when as many as fit are wanted.</summary>
    [Parameter]
    public Length MinColumnWidth { get; set; } = Length.Rem(14);

    /// <summary>The distance between columns and between rows.</summary>
    [Parameter]
    public Space Spacing { get; set; } = Space.Medium;

    private protected override string Classes => $"o-grid o-gap-{Spacing.Lower()}";

    private protected override string? Styles => Columns is { } columns
        ? $"grid-template-columns: repeat({columns}, minmax(0, 1fr))"
        : $"grid-template-columns: repeat(auto-fill, minmax(min({MinColumnWidth}, 100%), 1fr))";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Columns is < 1 or > MaxColumns)
        {
            throw new ArgumentOutOfRangeException(nameof(Columns), Columns, $"A grid has 1 to {MaxColumns} columns.");
        }
    }
}
