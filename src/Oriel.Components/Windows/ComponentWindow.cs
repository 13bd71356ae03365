using System.Runtime.CompilerServices;
using Oriel.Components.Reloading;

namespace Oriel.Components;

/// <summary>A window that shows components, and which.</summary>
internal sealed class ComponentWindow
{
    // A page that ends its process again and again would load for ever.
    private const int MaxReloads = 3;
    private static readonly TimeSpan s_reloadSpan = TimeSpan.FromMinutes(1);
    private static readonly ConditionalWeakTable<Window, ComponentWindow> s_windows = [];

    private readonly Queue<long> _reloads = new();

    private ComponentSession? _session;
    private WindowMemory? _remembered;

    private ComponentWindow(RootComponent root) => Root = root;

    /// <summary>What every document of the window begins with.</summary>
    public RootComponent Root { get; }

    /// <summary>The path that its addresses begin with where it is served to browsers. Known once and for all: requests come when the window may be closing.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The window.</summary>
    public Window Window { get; private set; } = null!;

    /// <summary>The session of its document; null when there is none.</summary>
    public ComponentSession? Session => Volatile.Read(ref _session);

    /// <summary>Whether the window is gone.</summary>
    public bool IsClosed => Window is { IsClosed: true };

    /// <summary>Its document has a session.</summary>
    public void Begin(ComponentSession session) => Volatile.Write(ref _session, session);

    /// <summary>A session is over. The next document's may have begun already.</summary>
    public void End(ComponentSession session) => Interlocked.CompareExchange(ref _session, null, session);

    /// <summary>Keeps what its first document goes on with.</summary>
    public void Remember(WindowMemory memory) => _remembered = memory;

    /// <summary>Takes what the first document goes on with; later ones begin anew.</summary>
    public WindowMemory? TakeRemembered() => Interlocked.Exchange(ref _remembered, null);

    /// <summary>Creates a window.</summary>
    public static Window Create(OrielApp app, RootComponent root, WindowOptions? options)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Commands.Find(SessionCommands.Open) is null)
        {
            throw new InvalidOperationException("The application was built without components. Call builder.AddComponents() before builder.Build().");
        }

        options ??= new WindowOptions();
        if (options.Url == new WindowOptions().Url)
        {
            options = options with { Url = "/" };
        }

        var shown = new ComponentWindow(root);
        if (WatchMemory.Of(app) is { } memory)
        {
            options = memory.Recall(shown, options);
        }

        var window = app.CreateWindow(options);
        shown.Window = window;
        shown.Path = PathOf(window, options.Url);
        s_windows.Add(window, shown);
        window.ProcessFailed += shown.OnProcessFailed;
        if (shown._remembered is { State: WindowState.Maximized or WindowState.Fullscreen } remembered)
        {
            window.State = remembered.State;
        }

        return window;
    }

    /// <summary>What is known of a window; null when it shows no components.</summary>
    public static ComponentWindow? Of(Window window) => s_windows.TryGetValue(window, out var known) ? known : null;

    private static string PathOf(Window window, string? url)
    {
        var path = Uri.TryCreate(new Uri($"{BridgeAddress.Origin}/"), url, out var address) ? address.AbsolutePath.TrimEnd('/') : "";
        return path.Length > 0 ? path : $"/{Uri.EscapeDataString(window.Name ?? $"window-{window.Id}")}";
    }

    // The tree ended with its document, and there is nothing in the window that could be lost by loading it again.
    private void OnProcessFailed(object? sender, ProcessFailedEventArgs arguments)
    {
        var now = Environment.TickCount64;
        while (_reloads.TryPeek(out var earliest) && now - earliest > (long)s_reloadSpan.TotalMilliseconds)
        {
            _reloads.Dequeue();
        }

        if (_reloads.Count < MaxReloads)
        {
            _reloads.Enqueue(now);
            ((Window)sender!).Reload();
        }
    }
}
