using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components;

/// <summary>A component around what one function shows: it alone is rendered again when a state changes that is read inside of it.</summary>
/// <remarks>In Razor: <c>&lt;Slot&gt;@count.Value&lt;/Slot&gt;</c>. In plain C#: <see cref="UI.Slot"/>.</remarks>
public sealed class Slot : ComponentBase, IDisposable
{
    private readonly Lifetime _lifetime = new();

    /// <summary>What is shown, as a fragment.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>What is shown behind it, as a function of a view. Null of it is nothing.</summary>
    [Parameter]
    public Func<View?>? Content { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _lifetime.End();

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _lifetime.Begin();
        try
        {
            builder.AddContent(0, ChildContent);
            if (Content?.Invoke() is { } view)
            {
                builder.AddContent(1, (RenderFragment)view);
            }
        }
        finally
        {
            _lifetime.Leave();
        }
    }
}
