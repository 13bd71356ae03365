using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Widgets;

/// <summary>A plain <c>div</c>.</summary>
public sealed class Div : Box
{
    /// <summary>Handles clicks. What a keyboard is to reach is a <see cref="Button"/>.</summary>
    [Parameter]
    public EventCallback<MouseEventArgs> OnClick { get; set; }

    private protected override string Classes => "o-div";

    private protected override void AddSpecific(RenderTreeBuilder builder)
    {
        if (OnClick.HasDelegate)
        {
            builder.AddAttribute(6, "onclick", OnClick);
        }
    }
}
