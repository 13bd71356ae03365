using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>The places of an application, at its side. What is inside are <see cref="SidebarItem"/>s.</summary>
public sealed class Sidebar : Widget
{
    /// <summary>What it is called for people who cannot see it.</summary>
    [Parameter]
    public string Label { get; set; } = "Main";

    /// <summary>What stands above the items.</summary>
    [Parameter]
    public RenderFragment? Header { get; set; }

    /// <summary>The items.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>What stands below the items, at the end.</summary>
    [Parameter]
    public RenderFragment? Footer { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "nav");
        AddCommon(builder, 1, "o-sidebar");
        builder.AddAttribute(6, "aria-label", Label);
        if (Header is not null)
        {
            builder.OpenElement(7, "div");
            builder.AddAttribute(8, "class", "o-sidebar-header");
            builder.AddContent(9, Header);
            builder.CloseElement();
        }

        builder.OpenElement(10, "ul");
        builder.AddAttribute(11, "class", "o-sidebar-items");
        builder.AddContent(12, ChildContent);
        builder.CloseElement();
        if (Footer is not null)
        {
            builder.OpenElement(13, "div");
            builder.AddAttribute(14, "class", "o-sidebar-footer");
            builder.AddContent(15, Footer);
            builder.CloseElement();
        }

        builder.CloseElement();
    }
}
