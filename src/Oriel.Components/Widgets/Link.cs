using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Widgets;

/// <summary>A link to a page of the application or to an address outside.</summary>
/// <remarks>Addresses that can run a script (<c>javascript:</c>, <c>vbscript:</c>, <c>data:</c>) are refused.</remarks>
public sealed class Link : Control
{
    /// <summary>Where it leads.</summary>
    [Parameter]
    public string? Href { get; set; }

    /// <summary>What it says.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>What it shows besides its text: for C#, since an element of HTML with this name is empty, which Razor insists on.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Whether it leads out of the application: to the browser of the system.</summary>
    [Parameter]
    public bool External { get; set; }

    /// <summary>Handles clicks as well.</summary>
    [Parameter]
    public EventCallback<MouseEventArgs> OnClick { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "a");
        AddCommon(builder, 1, "o-link");
        if (!Disabled && CheckedLink(Href) is { } address)
        {
            builder.AddAttribute(6, "href", address);
        }

        if (Context?.DescribedBy is { } descriptions)
        {
            builder.AddAttribute(7, "aria-describedby", descriptions);
        }

        if (Disabled)
        {
            builder.AddAttribute(8, "role", "link");
            builder.AddAttribute(9, "aria-disabled", "true");
        }

        if (External)
        {
            builder.AddAttribute(10, "target", "_blank");
            builder.AddAttribute(11, "rel", "noopener noreferrer");
        }

        if (OnClick.HasDelegate && !Disabled)
        {
            builder.AddAttribute(12, "onclick", OnClick);
        }

        builder.AddContent(13, Text);
        builder.AddContent(14, ChildContent);
        builder.CloseElement();
    }
}
