using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components;

/// <summary>Passes parameters that are read by functions to a component: it alone is rendered when what they read changes.</summary>
internal sealed class ReactiveComponent : ComponentBase
{
    [Parameter]
    public RenderFragment? Content { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder) => Content?.Invoke(builder);
}
