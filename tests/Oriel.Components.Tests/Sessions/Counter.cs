using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Tests;

internal sealed class Counter : ComponentBase
{
    private int _count;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "p");
        builder.AddAttribute(1, "role", "status");
        builder.AddContent(2, "Current count: ");
        builder.AddContent(3, _count);
        builder.CloseElement();
        builder.OpenElement(4, "button");
        builder.AddAttribute(5, "onclick", EventCallback.Factory.Create(this, () => _count++));
        builder.AddContent(6, "Click me");
        builder.CloseElement();
    }
}
