using System.Runtime.CompilerServices;

namespace Oriel.Components;

/// <summary>A window that shows components, and which.</summary>
internal sealed class ComponentWindow
{
    // A page that ends its process again and again would load for ever.
    private const int MaxReloads = 3;
    private static readonly TimeSpan s_reloadSpan = TimeSpan.FromMinutes(1);
    private static readonly ConditionalWeakTable<Window, ComponentWindow> s_windows = [];

    private readonly Queue<long> _reloads = new();

    private ComponentWindow(RootComponent root) => Root = root;

    /// <summary>What every document of the window begins with.</summary>
    public RootComponent Root { get; }

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

        var window = app.CreateWindow(options);
        var shown = new ComponentWindow(root);
        s_windows.Add(window, shown);
        window.ProcessFailed += shown.OnProcessFailed;
        return window;
    }

    /// <summary>What is known of a window; null when it shows no components.</summary>
    public static ComponentWindow? Of(Window window) => s_windows.TryGetValue(window, out var known) ? known : null;

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
