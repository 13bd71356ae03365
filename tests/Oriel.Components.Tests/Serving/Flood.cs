using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Tests.Serving;

/// <summary>Renders a megabyte that is new at every click.</summary>
internal sealed class Flood : ComponentBase
{
    private int _count;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "onclick", EventCallback.Factory.Create(this, () => _count++));
        builder.AddContent(2, $"{_count} {new string('x', 1_000_000)}");
        builder.CloseElement();
    }
}
