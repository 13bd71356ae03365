using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Widgets;

/// <summary>A button.</summary>
public sealed class Button : Control
{
    /// <summary>What it says.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>How much it asks for attention.</summary>
    [Parameter]
    public ButtonVariant Variant { get; set; }

    /// <summary>How large it is.</summary>
    [Parameter]
    public ControlSize Size { get; set; }

    /// <summary>What it does with the form around it.</summary>
    [Parameter]
    public ButtonType Type { get; set; }

    /// <summary>Whether what it began is still going on: it cannot be pressed meanwhile.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Whether it is pressed in, for a button that is switched on and off; null for others.</summary>
    [Parameter]
    public bool? Pressed { get; set; }

    /// <summary>Handles clicks, also by keyboard.</summary>
    [Parameter]
    public EventCallback<MouseEventArgs> OnClick { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "button");
        AddCommon(builder, 1, $"o-button o-button-{Variant.Lower()}" + (Size == ControlSize.Medium ? "" : $" o-{Size.Lower()}") + (Busy ? " o-busy" : ""));
        builder.AddAttribute(6, "type", Type.Lower());
        AddControl(builder, 7);
        if (Busy)
        {
            builder.AddAttribute(9, "aria-busy", "true");
            builder.AddAttribute(10, "disabled", true);
        }

        if (Pressed is { } pressed)
        {
            builder.AddAttribute(11, "aria-pressed", pressed ? "true" : "false");
        }

        // A click that was on its way when the button was disabled does nothing.
        if (OnClick.HasDelegate && !Disabled && !Busy)
        {
            builder.AddAttribute(12, "onclick", OnClick);
        }

        builder.AddContent(13, ChildContent);
        builder.CloseElement();
    }
}
