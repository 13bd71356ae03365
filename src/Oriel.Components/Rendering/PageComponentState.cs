using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Rendering;

/// <summary>What the renderer knows about a component: whether it renders itself for ever, and which states it reads.</summary>
internal sealed class PageComponentState : ComponentState
{
    // Components that settle do so within a few renders.
    private const int MaxRenders = 1_000;

    private readonly PageRenderer _renderer;
    private readonly ComponentWatch? _watch;
    private long _batch;
    private int _rendersInBatch;
    private int _rendersInRow;

    public PageComponentState(PageRenderer renderer, RenderTracking tracking, int id, IComponent component, ComponentState? parent)
        : base(renderer, id, component, parent)
    {
        _renderer = renderer;
        _watch = component is ComponentBase known ? new ComponentWatch(known, renderer.Changed) : null;
        tracking.Wrap(component, fragment => builder => Render(fragment, builder));
    }

    public override ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        return base.DisposeAsync();
    }

    private void Render(RenderFragment fragment, RenderTreeBuilder builder)
    {
        Count();
        if (_watch is null)
        {
            fragment(builder);
        }
        else
        {
            _watch.Render(fragment, builder);
        }
    }

    private void Count()
    {
        _rendersInBatch = _batch == _renderer.Batch ? _rendersInBatch + 1 : 1;
        _batch = _renderer.Batch;
        if (_rendersInBatch > MaxRenders)
        {
            throw new InvalidOperationException(
                $"{Component.GetType()} was stopped: it asked to be rendered {MaxRenders:N0} times while one change was rendered. Do not call StateHasChanged, nor write what is read, while rendering.");
        }

        // What OnAfterRenderAsync causes once it has awaited something looks like what a timer causes, and is not counted: it holds up no one else.
        _rendersInRow = _renderer.Cause switch
        {
            RenderCause.Render => _rendersInRow + 1,
            RenderCause.Change => 0,

            // Both: it is not known for which of them the component is rendered.
            _ => _rendersInRow,
        };
        if (_rendersInRow > MaxRenders)
        {
            throw new InvalidOperationException(
                $"{Component.GetType()} was stopped: it was rendered {MaxRenders:N0} times in a row, each time because of the render before. Call StateHasChanged in OnAfterRender only when something has changed.");
        }
    }
}
