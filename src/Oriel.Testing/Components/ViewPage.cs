using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Oriel.Components;

namespace Oriel.Testing;

/// <summary>Shows a view of plain C# as a page.</summary>
internal sealed class ViewPage : ComponentBase
{
    [Parameter]
    [EditorRequired]
    public Func<View> View { get; set; } = null!;

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, (RenderFragment)View());
}
