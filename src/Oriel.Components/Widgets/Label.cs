using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>Names a control.</summary>
public sealed class Label : Widget
{
    /// <summary>The control's id.</summary>
    [Parameter]
    public string? For { get; set; }

    /// <summary>Whether the control must be filled: shown by an asterisk.</summary>
    [Parameter]
    public bool Required { get; set; }

    /// <summary>The name.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    internal static string IdFor(string controlId) => controlId + "-label";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "label");
        AddCommon(builder, 1, "o-label");
        if (For is not null)
        {
            builder.AddAttribute(6, "for", For);
        }

        builder.AddContent(7, ChildContent);
        if (Required)
        {
            // The control says so itself to those who do not see the asterisk.
            builder.OpenElement(8, "span");
            builder.AddAttribute(9, "class", "o-required");
            builder.AddAttribute(10, "aria-hidden", "true");
            builder.AddContent(11, "*");
            builder.CloseElement();
        }

        builder.CloseElement();
    }
}
