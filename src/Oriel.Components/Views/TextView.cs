using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components;

/// <summary>A text that does not change.</summary>
internal sealed class TextView(string? text) : View
{
    protected internal override void Render(RenderTreeBuilder builder) => builder.AddContent(0, text);
}
