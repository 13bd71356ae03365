using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using Oriel.Components.Wire;

namespace Oriel.Components.Rendering;

/// <summary>Renders a tree of components for one page.</summary>
/// <remarks>
/// Everything on its <see cref="Dispatcher"/>. While the page is behind nothing is rendered: what changes meanwhile waits in the render queue, where
/// it becomes one.
/// </remarks>
internal sealed class PageRenderer : Renderer
{
    // One that the page applies, and one that is there when it has: more would only show it what is over.
    private const int MaxFramesInFlight = 2;

    private readonly FrameWriter _writer = new();
    private readonly BatchTranscoder _transcoder;
    private readonly ComponentSession _session;
    private readonly Outbox _outbox;
    private readonly RenderTracking _tracking;
    private ChangedComponents? _changed;
    private bool _isAsking;
    private RenderCause _heldBack;
    private bool _isAfterRender;

    public PageRenderer(ComponentSession session, Outbox outbox, IServiceProvider services, ILoggerFactory loggers)
        : base(services, loggers)
    {
        _session = session;
        _outbox = outbox;
        _transcoder = new(_writer);
        _tracking = services.GetRequiredService<RenderTracking>();
        Roots = new Dictionary<int, string> { [0] = "body" };
        if (services.GetService<IJSRuntime>() is { } runtime)
        {
            ElementReferenceContext = new WebElementReferenceContext(runtime);

            // What goes into the head asks the page for its title by the runtime.
            Roots = new Dictionary<int, string> { [0] = "body", [1] = "head" };
        }
    }

    public override Microsoft.AspNetCore.Components.Dispatcher Dispatcher { get; } = Microsoft.AspNetCore.Components.Dispatcher.CreateDefault();

    protected override RendererInfo RendererInfo { get; } = new("Oriel", isInteractive: true);

    /// <summary>The components whose states have changed. First asked for on the dispatcher, where components are made.</summary>
    public ChangedComponents Changed => _changed ??= new ChangedComponents(
        SynchronizationContext.Current ?? throw new InvalidOperationException("Components are made on their dispatcher."), ProcessPendingRender);

    /// <summary>The frames that the page has not applied yet. From any thread.</summary>
    public int FramesInFlight => _outbox.FramesInFlight;

    /// <summary>The number of the batch that is being rendered.</summary>
    public long Batch { get; private set; }

    /// <summary>What it is rendered for.</summary>
    public RenderCause Cause { get; private set; }

    /// <summary>The ids of the components that are rendered as roots, and where the page puts them.</summary>
    public IReadOnlyDictionary<int, string> Roots { get; }

    /// <summary>Renders a component as the page, and what it puts into the document's head.</summary>
    public void Begin(RootComponent root)
    {
        Type[] types = Roots.Count == 1 ? [root.Type] : [root.Type, typeof(HeadOutlet)];
        foreach (var (type, place) in types.Zip(Roots.Keys))
        {
            // The page has been told already: ids count up from 0.
            if (AssignRootComponentId(InstantiateComponent(type)) != place)
            {
                throw new InvalidOperationException($"{type} is not component {place}: this version of ASP.NET Core numbers components otherwise.");
            }
        }

        foreach (var place in Roots.Keys)
        {
            _ = RenderRootAsync(place, place == 0 ? root.View : ParameterView.Empty);
        }
    }

    /// <summary>The handlers that the page has, and the events that they are for.</summary>
    public IReadOnlyDictionary<ulong, string> Handlers => _transcoder.Handlers;

    /// <summary>Takes note of what the page has applied, after which components do what they do after a render.</summary>
    public void Acknowledge(long applied)
    {
        _isAfterRender = true;
        try
        {
            _outbox.Acknowledge(applied);
        }
        finally
        {
            _isAfterRender = false;
        }

        if (_heldBack != RenderCause.None && _outbox.FramesInFlight < MaxFramesInFlight)
        {
            Render(RenderCause.None);
        }
    }

    /// <summary>The component that is the page.</summary>
    public IComponent Root => GetComponentState(0).Component;

    protected override ComponentState CreateComponentState(int componentId, IComponent component, ComponentState? parentComponentState) =>
        new PageComponentState(this, _tracking, componentId, component, parentComponentState);

    protected override void ProcessPendingRender()
    {
        // All that have changed come into one batch.
        if (_isAsking)
        {
            return;
        }

        var cause = _isAfterRender ? RenderCause.Render : RenderCause.Change;
        if (_outbox.FramesInFlight >= MaxFramesInFlight)
        {
            _heldBack |= cause;
            return;
        }

        Render(cause);
    }

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
    {
        _writer.Begin();
        _transcoder.Write(renderBatch);

        // Until the batch is over, only what components do after a render runs: at once, when the page has nothing to apply first.
        _isAfterRender = true;
        if (_writer.IsEmpty)
        {
            return _outbox.LastFrame;
        }

        _writer.End();
        var applied = _session.SendFrame(_writer);
        if (renderBatch.DisposedEventHandlerIDs.Count > 0)
        {
            _ = ForgetAsync(applied, [.. renderBatch.DisposedEventHandlerIDs.Array.AsSpan(0, renderBatch.DisposedEventHandlerIDs.Count)]);
        }

        return applied;
    }

    // Where a component runs is decided by who shows the page: here it is always this process.
    protected override IComponent ResolveComponentForRenderMode(
        Type componentType, int? parentComponentId, IComponentActivator componentActivator, IComponentRenderMode renderMode) =>
        componentActivator.CreateInstance(componentType);

    protected override void HandleException(Exception exception) => _session.Fail(exception);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _writer.Dispose();
        }
    }

    private void Render(RenderCause cause)
    {
        // What components do after this batch is rendered as a batch of its own before this returns.
        var (before, isAfterRender) = (Cause, _isAfterRender);
        Batch++;
        Cause = cause | _heldBack;
        _heldBack = RenderCause.None;
        _isAfterRender = false;
        try
        {
            AskChanged();
            base.ProcessPendingRender();
        }
        finally
        {
            (Cause, _isAfterRender) = (before, isAfterRender);
        }
    }

    // Here, so that what an event's handler has written is in the frame that answers the event.
    private void AskChanged()
    {
        _isAsking = true;
        try
        {
            foreach (var component in _changed?.Take() ?? [])
            {
                component.RenderIfChanged();
            }
        }
        catch (Exception exception)
        {
            HandleException(exception);
        }
        finally
        {
            _isAsking = false;
        }
    }

    private async Task ForgetAsync(Task applied, ulong[] handlers)
    {
        await applied.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _transcoder.Forget(handlers);
    }

    private async Task RenderRootAsync(int id, ParameterView parameters)
    {
        try
        {
            await RenderRootComponentAsync(id, parameters);
        }
        catch (Exception exception)
        {
            _session.Fail(exception);
        }
    }
}
