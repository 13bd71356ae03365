namespace Oriel.Engines;

/// <summary>What a window and its web view are created with.</summary>
public sealed record EngineWindowOptions
{
    /// <summary>What is loaded first, at once: web processes take longer to start than anything else does.</summary>
    public required string Address { get; init; }

    /// <summary>The title until the page's own is known.</summary>
    public required string Title { get; init; }

    /// <summary>The size of the content in device-independent pixels.</summary>
    public required WindowSize Size { get; init; }

    /// <summary>The smallest size of the content.</summary>
    public WindowSize? MinimumSize { get; init; }

    /// <summary>Whether the user may change the size.</summary>
    public bool IsResizable { get; init; } = true;

    /// <summary>Whether the window has the system's title bar and border.</summary>
    public bool IsDecorated { get; init; } = true;

    /// <summary>Shown where nothing is painted yet.</summary>
    public Color BackgroundColor { get; init; } = Color.White;

    /// <summary>Whether the window shows itself; otherwise only <see cref="IEngineWindow.Show"/> does.</summary>
    public bool ShowsItself { get; init; } = true;

    /// <summary>Whether the user can open the developer tools.</summary>
    public bool DevTools { get; init; }

    /// <summary>The script of the isolated world; it has <c>postMessage</c>.</summary>
    public required string IsolatedScript { get; init; }

    /// <summary>The script of the page's own world.</summary>
    public required string PageScript { get; init; }

    /// <summary>The origins whose top-frame documents get the two scripts, as <c>scheme://host[:port]</c>.</summary>
    public required IReadOnlyList<string> BridgeOrigins { get; init; }

    /// <summary>A window whose web process this one shares; a window of another trust level has none.</summary>
    public IEngineWindow? Related { get; init; }
}
