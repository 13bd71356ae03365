using Oriel.Engines;

namespace Oriel.Components;

/// <summary>A window of a program that serves browsers: an address, which any number of them can open.</summary>
internal sealed class ServeEngineWindow(ServeEngine engine, string address) : IEngineWindow, IEngineWebView
{
    public IEngineWebView WebView => this;

    public nint Handle => 0;

    public string Address => address;

    public void SetTitle(string title)
    {
    }

    public void SetSize(WindowSize size)
    {
    }

    public void Show()
    {
    }

    public void Hide()
    {
    }

    public void Focus()
    {
    }

    public void SetState(WindowState state)
    {
    }

    // One person who closes a page must not end those of all others.
    public void Close()
    {
    }

    public void Dispose()
    {
    }

    public void Navigate(string address) => throw Unsupported("load an address into a window that any number of browsers show; use NavigationManager in a component");

    public void Reload() => throw Unsupported("load a window again that any number of browsers show");

    public void GoBack() => throw Unsupported("go back in a window that any number of browsers show");

    public void GoForward() => throw Unsupported("go forward in a window that any number of browsers show");

    public Task<string> EvaluateAsync(string body) => Task.FromException<string>(Unsupported("run a script in a window that any number of browsers show; use IJSRuntime in a component"));

    public Task<byte[]> SnapshotAsync() => Task.FromException<byte[]>(Unsupported("take a picture of a window that any number of browsers show"));

    public void ShowDevTools() => throw Unsupported("open the developer tools of a browser");

    public void Post(ReadOnlySpan<byte> lines)
    {
        // Nobody listens: there is no bridge.
    }

    public void AddBridgeOrigin(string origin) => throw Unsupported("grant a bridge");

    private EngineNotSupportedException Unsupported(string feature) => engine.Unsupported(feature);
}
