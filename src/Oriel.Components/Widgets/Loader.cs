using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>Says that something goes on.</summary>
public sealed class Loader : Widget
{
    /// <summary>What goes on.</summary>
    [Parameter]
    public string Label { get; set; } = "Loading";

    /// <summary>Whether only people who cannot see the animation are told the label.</summary>
    [Parameter]
    public bool LabelHidden { get; set; }

    /// <summary>How large it is.</summary>
    [Parameter]
    public ControlSize Size { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "span");
        AddCommon(builder, 1, Size == ControlSize.Medium ? "o-loader" : $"o-loader o-{Size.Lower()}");
        builder.AddAttribute(6, "role", "status");
        builder.OpenElement(7, "span");
        builder.AddAttribute(8, "class", "o-loader-ring");
        builder.AddAttribute(9, "aria-hidden", "true");
        builder.CloseElement();
        builder.OpenElement(10, "span");
        builder.AddAttribute(11, "class", LabelHidden ? "o-hidden" : "o-loader-label");
        builder.AddContent(12, Label);
        builder.CloseElement();
        builder.CloseElement();
    }
}
