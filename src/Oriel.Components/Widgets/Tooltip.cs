using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A hint for the control inside: shown while the pointer is over it or it has the focus, until Escape is pressed.</summary>
public sealed class Tooltip : Widget
{
    private readonly string _id = ElementIds.Next();
    private ControlContext? _inner;
    private ControlContext? _outer;

    /// <summary>The hint.</summary>
    [Parameter]
    [EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>The control.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    private ControlContext? Context { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_inner is null || _outer != Context)
        {
            _outer = Context;
            _inner = ControlContext.Describe(Context, _id);
        }
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "span");
        AddCommon(builder, 1, "o-tooltip-holder");
        builder.OpenComponent<CascadingValue<ControlContext>>(6);
        builder.AddComponentParameter(7, nameof(CascadingValue<>.Value), _inner);
        builder.AddComponentParameter(8, nameof(ChildContent), ChildContent);
        builder.CloseComponent();
        builder.OpenElement(9, "span");
        builder.AddAttribute(10, "class", "o-tooltip");
        builder.AddAttribute(11, "role", "tooltip");
        builder.AddAttribute(12, "id", _id);
        builder.AddContent(13, Text);
        builder.CloseElement();
        builder.CloseElement();
    }
}
