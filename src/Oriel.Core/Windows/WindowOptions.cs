namespace Oriel;

/// <summary>What a window is created with.</summary>
public sealed record WindowOptions
{
    /// <summary>What grants of capabilities call the window; several can have one name. Null for none: only grants to all windows hold then.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The capabilities of the app's own documents in this window, which may use nothing else; foreign documents get of their grants what is
    /// in this list. Null for the default; empty for none.
    /// </summary>
    public IReadOnlyList<string>? Capabilities { get; init; }

    /// <summary>The title until the page sets its own.</summary>
    public string Title { get; init; } = "";

    /// <summary>Width of the content in device-independent pixels.</summary>
    public int Width { get; init; } = 1024;

    /// <summary>Height of the content in device-independent pixels.</summary>
    public int Height { get; init; } = 720;

    /// <summary>The smallest width and height that the user can give it.</summary>
    public WindowSize? MinimumSize { get; init; }

    /// <summary>Whether the user may change the size.</summary>
    public bool IsResizable { get; init; } = true;

    /// <summary>Whether the window has the system's title bar and border.</summary>
    public bool IsDecorated { get; init; } = true;

    /// <summary>Shown where the page has not painted yet: give it the page's own, so that nothing flashes.</summary>
    public Color BackgroundColor { get; init; } = Color.White;

    /// <summary>Whether the window shows itself when its page has painted.</summary>
    public bool ShowsItself { get; init; } = true;

    /// <summary>What to load: a path of the app's assets (<c>index.html</c>), or an address.</summary>
    /// <remarks>
    /// A foreign address gets no bridge unless its origin has a grant; see <see cref="Window.LoadUrl"/>. A window that begins with an address of
    /// <see cref="OrielApp.Origins"/> has a process apart from the app's, and does not show the app's own pages.
    /// </remarks>
    public string Url { get; init; } = "index.html";

    /// <summary>Foreign origins (<c>https://example.org</c>) that the window may show, without a bridge. Links to others open in the browser.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whether the developer tools can be opened; by default in development alone.</summary>
    public bool? DevTools { get; init; }

    /// <summary>Whether the window gets a web process of its own instead of sharing that of the windows before it.</summary>
    public bool OwnProcess { get; init; }
}
