namespace Oriel.Testing.Tree;

/// <summary>Which handlers a page has, and what it has lost within a frame and must be told of before the frame ends.</summary>
internal sealed class Registrations
{
    private readonly Dictionary<long, LogicalElement> _handlers = [];
    private readonly HashSet<long> _lostHandlers = [];
    private readonly HashSet<LogicalComponent> _lostComponents = [];

    public void Add(long handler, LogicalElement element)
    {
        if (handler <= 0 || !_handlers.TryAdd(handler, element))
        {
            throw new FrameMisfitException($"It registers the handler {handler}, which is {(handler > 0 ? "registered already" : "not positive")}.");
        }
    }

    public void Lost(long handler) => _lostHandlers.Add(handler);

    public void Lost(LogicalComponent component) => _lostComponents.Add(component);

    public void Unhandled(long handler)
    {
        if (!_handlers.ContainsKey(handler))
        {
            throw new FrameMisfitException($"It ends the handler {handler}, which is not registered.");
        }

        if (!_lostHandlers.Remove(handler))
        {
            throw new FrameMisfitException($"It ends the handler {handler}, which its element still has.");
        }

        _handlers.Remove(handler);
    }

    public void Gone(LogicalComponent component)
    {
        if (!_lostComponents.Remove(component))
        {
            throw new FrameMisfitException($"It ends the component {component.Id}, which is still shown.");
        }
    }

    /// <summary>Throws when something was taken away and not ended.</summary>
    public void Settle()
    {
        if (_lostHandlers.Count > 0)
        {
            throw new FrameMisfitException($"It leaves handlers registered whose elements it has taken away: {string.Join(", ", _lostHandlers)}.");
        }

        if (_lostComponents.Count > 0)
        {
            throw new FrameMisfitException($"It leaves components that it has taken away: {string.Join(", ", _lostComponents.Select(component => component.Id))}.");
        }
    }
}
