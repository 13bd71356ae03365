using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A widget that is one element around others.</summary>
public abstract class Box : Widget
{
    /// <summary>What is inside.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private protected virtual string Element => "div";

    private protected abstract string Classes { get; }

    private protected virtual string? Styles => null;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, Element);
        AddCommon(builder, 1, Classes, Styles);
        AddSpecific(builder);
        builder.AddContent(20, ChildContent);
        builder.CloseElement();
    }

    // Attributes of the derived widget, with sequence numbers from 6 to 19.
    private protected virtual void AddSpecific(RenderTreeBuilder builder)
    {
    }
}
