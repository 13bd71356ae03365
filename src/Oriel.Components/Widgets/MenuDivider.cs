using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A line between the items of a menu.</summary>
public sealed class MenuDivider : Widget
{
    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        AddCommon(builder, 1, "o-menu-divider");
        builder.AddAttribute(6, "role", "separator");
        builder.CloseElement();
    }
}
