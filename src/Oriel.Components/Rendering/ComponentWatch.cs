using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Rendering;

/// <summary>Follows the states that a component reads while it is rendered.</summary>
internal sealed class ComponentWatch : IDisposable
{
    private readonly ComponentBase _component;
    private readonly Watch _watch;
    private InvalidOperationException? _verdict;
    private bool _isEnded;

    public ComponentWatch(ComponentBase component, ChangedComponents changed)
    {
        _component = component;
        _watch = new Watch(() => changed.Add(this));
    }

    public void Render(RenderFragment fragment, RenderTreeBuilder builder)
    {
        if (_verdict is { } verdict)
        {
            _verdict = null;
            throw verdict;
        }

        var reading = _watch.Begin();
        try
        {
            fragment(builder);
        }
        finally
        {
            _watch.End(reading);
        }
    }

    /// <summary>Asks the component to render, if what it has read is not as it was.</summary>
    public void RenderIfChanged()
    {
        if (_isEnded)
        {
            return;
        }

        if (_watch.IsRunaway)
        {
            // From its render, where an error boundary above it hears of it.
            _verdict = new InvalidOperationException(
                $"{_component.GetType()} was stopped: what components and effects write while they run has caused it to be rendered {Watch.MaxGenerations} times in a row. Write no state while rendering.");
            RenderTracking.StateHasChanged(_component);
        }
        else if (_watch.CheckChanged())
        {
            RenderTracking.StateHasChanged(_component);
        }
    }

    public void Dispose()
    {
        _isEnded = true;
        _watch.Dispose();
    }
}
