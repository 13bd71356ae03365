namespace Oriel.Components;

/// <summary>Tells the services of a scope which session it belongs to.</summary>
internal sealed class SessionContext
{
    private ComponentSession? _session;

    /// <exception cref="InvalidOperationException">The scope is not a session's.</exception>
    public ComponentSession Session
    {
        get => _session ?? throw new InvalidOperationException(
            "A service of a page was asked for outside of a page. Resolve it from the services that a component injects, not from the application's.");
        set => _session = value;
    }

    /// <summary>The window that shows the page: none where it is served to a browser, or rendered as plain HTML.</summary>
    public Window? Window => _session?.Window;
}
