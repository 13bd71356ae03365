using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components;

/// <summary>A fragment of Razor, as a view.</summary>
internal sealed class FragmentView(RenderFragment fragment) : View
{
    protected internal override void Render(RenderTreeBuilder builder) => fragment(builder);
}
