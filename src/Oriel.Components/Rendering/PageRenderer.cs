using Microsoft.AspNetCore.Components;
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
    private bool _isHeldBack;

    public PageRenderer(ComponentSession session, Outbox outbox, IServiceProvider services, ILoggerFactory loggers)
        : base(services, loggers)
    {
        _session = session;
        _outbox = outbox;
        _transcoder = new(_writer);
        Services = services;
        if (services.GetService<IJSRuntime>() is { } runtime)
        {
            ElementReferenceContext = new WebElementReferenceContext(runtime);
        }
    }

    public override Microsoft.AspNetCore.Components.Dispatcher Dispatcher { get; } = Microsoft.AspNetCore.Components.Dispatcher.CreateDefault();

    protected override RendererInfo RendererInfo { get; } = new("Oriel", isInteractive: true);

    private IServiceProvider Services { get; }

    /// <summary>Renders a component as the page, and what it puts into the document's head.</summary>
    /// <param name="root">The component.</param>
    /// <param name="greet">Is told the ids of the roots and where they go, before anything is rendered.</param>
    public void Begin(RootComponent root, Action<IReadOnlyDictionary<int, string>> greet)
    {
        var page = AssignRootComponentId(InstantiateComponent(root.Type));

        // It asks the page for its title by the runtime: without one there is no head to change.
        int? head = Services.GetService<IJSRuntime>() is null ? null : AssignRootComponentId(InstantiateComponent(typeof(HeadOutlet)));
        greet(head is { } id ? new Dictionary<int, string> { [page] = "body", [id] = "head" } : new() { [page] = "body" });
        _ = RenderRootAsync(page, root.View);
        if (head is { } outlet)
        {
            _ = RenderRootAsync(outlet, ParameterView.Empty);
        }
    }

    /// <summary>Renders what has been held back, when the page has caught up.</summary>
    public void CatchUp()
    {
        if (_isHeldBack && _outbox.FramesInFlight < MaxFramesInFlight)
        {
            _isHeldBack = false;
            ProcessPendingRender();
        }
    }

    /// <summary>The handlers that the page has, and the events that they are for.</summary>
    public IReadOnlyDictionary<ulong, string> Handlers => _transcoder.Handlers;

    protected override void ProcessPendingRender()
    {
        if (_outbox.FramesInFlight >= MaxFramesInFlight)
        {
            _isHeldBack = true;
            return;
        }

        base.ProcessPendingRender();
    }

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
    {
        _writer.Begin();
        _transcoder.Write(renderBatch);
        if (_writer.IsEmpty)
        {
            return _outbox.LastFrame;
        }

        _writer.End();
        return _session.SendFrame(_writer);
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
