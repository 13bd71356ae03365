using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Widgets;

/// <summary>A line of text.</summary>
public sealed class Input : TextWidget
{
    /// <summary>What is written into it.</summary>
    [Parameter]
    public InputType Type { get; set; }

    /// <summary>What the browser may fill in, such as <c>username</c>; <c>off</c> for nothing.</summary>
    [Parameter]
    public string? Autocomplete { get; set; }

    /// <summary>Told when Enter is pressed.</summary>
    [Parameter]
    public EventCallback OnEnter { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "input");
        AddCommon(builder, 1, "o-input");
        builder.AddAttribute(6, "type", Type.Lower());
        if (Autocomplete is not null)
        {
            builder.AddAttribute(7, "autocomplete", Autocomplete);
        }

        AddText(builder, 8);
        if (OnEnter.HasDelegate)
        {
            builder.AddAttribute(24, "onkeydown", EventCallback.Factory.Create<KeyboardEventArgs>(this, key => key is { Key: "Enter", IsComposing: false } ? OnEnter.InvokeAsync() : Task.CompletedTask));
            if (OnlyWhenDone)
            {
                // The page tells the value of itself only behind the key.
                builder.AddAttribute(25, "data-oriel-enter", true);
            }
        }

        builder.CloseElement();
    }
}
