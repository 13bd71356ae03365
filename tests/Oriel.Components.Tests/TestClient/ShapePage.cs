using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Tests.TestClient;

/// <summary>Shows a random tree, and another when it is told to.</summary>
internal sealed class ShapePage : ComponentBase
{
    [Parameter]
    public ShapeHolder Holder { get; set; } = null!;

    protected override void OnInitialized() => Holder.Render = StateHasChanged;

    protected override void BuildRenderTree(RenderTreeBuilder builder) => Holder.Shape.Render(builder);
}
