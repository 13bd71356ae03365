using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components;

/// <summary>Shows a view as the whole page. Its function runs anew when what it has read changes, and when the program's code does.</summary>
internal sealed class RootView : ComponentBase, IDisposable
{
    private readonly Lifetime _lifetime = new();

    /// <summary>Makes the view.</summary>
    [Parameter, EditorRequired]
    public required Func<View> Content { get; set; }

    public void Dispose() => _lifetime.End();

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        _lifetime.Begin();
        try
        {
            Content().Render(builder);
        }
        finally
        {
            _lifetime.Leave();
        }
    }
}
