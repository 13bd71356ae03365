using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A line between two things.</summary>
public sealed class Divider : Widget
{
    /// <summary>Whether it stands between things that are beside each other.</summary>
    [Parameter]
    public bool Vertical { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, Vertical ? "div" : "hr");
        AddCommon(builder, 1, Vertical ? "o-divider o-divider-vertical" : "o-divider");
        if (Vertical)
        {
            builder.AddAttribute(6, "role", "separator");
            builder.AddAttribute(7, "aria-orientation", "vertical");
        }

        builder.CloseElement();
    }
}
