using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Oriel.Components;

namespace WidgetBook.Examples;

/// <summary>An example whose user interface is written in plain C#.</summary>
public abstract class CodeExample : ComponentBase
{
    private View? _view;

    /// <summary>Makes the view; once.</summary>
    protected abstract View Build();

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, (RenderFragment)(_view ??= Build()));
}
