using Microsoft.AspNetCore.Components;

namespace Oriel.Components.Widgets;

/// <summary>A column with a margin, in the middle of a wide window.</summary>
public sealed class Container : Box
{
    /// <summary>The distance between the edge and what is inside.</summary>
    [Parameter]
    public Space Padding { get; set; } = Space.Large;

    /// <summary>How wide it becomes; the theme's measure when null.</summary>
    [Parameter]
    public Length? MaxWidth { get; set; }

    private protected override string Classes => $"o-container o-pad-{Padding.Lower()}";

    private protected override string? Styles => MaxWidth is { } width ? $"max-width: {width}" : null;
}
