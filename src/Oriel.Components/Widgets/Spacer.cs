using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>Takes the room that its neighbours in a stack leave.</summary>
public sealed class Spacer : Widget
{
    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        AddCommon(builder, 1, "o-spacer");
        builder.AddAttribute(6, "aria-hidden", "true");
        builder.CloseElement();
    }
}
