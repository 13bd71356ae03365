using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>Scrolls what is larger than its room; by keyboard, too.</summary>
public sealed class Scroll : Box
{
    /// <summary>How high it becomes; as high as its surroundings when null.</summary>
    [Parameter]
    public Length? MaxHeight { get; set; }

    /// <summary>What is inside, for people who cannot see it.</summary>
    [Parameter]
    public string? Label { get; set; }

    private protected override string Classes => "o-scroll";

    private protected override string? Styles => MaxHeight is { } height ? $"max-height: {height}" : null;

    private protected override void AddSpecific(RenderTreeBuilder builder)
    {
        builder.AddAttribute(6, "tabindex", "0");
        if (Label is not null)
        {
            builder.AddAttribute(7, "role", "region");
            builder.AddAttribute(8, "aria-label", Label);
        }
    }
}
