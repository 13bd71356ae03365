using System.Globalization;
using Oriel.Engines.Gtk.Native;

namespace Oriel.Engines.Gtk;

/// <summary>A GtkWindow with a web view in it. UI thread.</summary>
internal sealed unsafe partial class GtkEngineWindow : IEngineWindow
{
    private readonly GtkEngine _engine;
    private readonly EngineWindowOptions _options;
    private readonly IEngineWindowHandler _handler;
    private readonly CancellationTokenSource _watching = new();
    private nint _window;
    private WindowState _state;
    private bool _isShown;

    public GtkEngineWindow(GtkEngine engine, EngineWindowOptions options, IEngineWindowHandler handler)
    {
        _engine = engine;
        _options = options;
        _handler = handler;
        View = new GtkWebView(options);
        _window = CreateWindow();

        _engine.Add(View.View, this);
        ConnectSignals();
        PaintHidden();
    }

    public IEngineWebView WebView => View;

    public GtkWebView View { get; }

    public nint Handle => LibGtk.gtk_widget_get_window(_window) is not 0 and var window && IsX11 ? (nint)LibGdk.gdk_x11_window_get_xid(window) : 0;

    private static bool IsX11 => NativeText.Read(LibGObject.g_type_name_from_instance(LibGdk.gdk_display_get_default())) == "GdkX11Display";

    public void SetTitle(string title) => LibGtk.gtk_window_set_title(_window, title);

    public void SetSize(WindowSize size) => LibGtk.gtk_window_resize(_window, size.Width, size.Height);

    public void Show()
    {
        if (_window == 0)
        {
            return;
        }

        LibGtk.gtk_widget_show(_window);
        LibGtk.gtk_widget_grab_focus(View.View);

        if (!_isShown)
        {
            _isShown = true;
            _handler.OnShown();
        }
    }

    public void Hide() => LibGtk.gtk_widget_hide(_window);

    public void Focus() => LibGtk.gtk_window_present(_window);

    public void SetState(WindowState state)
    {
        if (state != WindowState.Fullscreen && _state == WindowState.Fullscreen)
        {
            LibGtk.gtk_window_unfullscreen(_window);
        }

        switch (state)
        {
            case WindowState.Minimized:
                LibGtk.gtk_window_iconify(_window);
                break;

            case WindowState.Maximized:
                LibGtk.gtk_window_deiconify(_window);
                LibGtk.gtk_window_maximize(_window);
                break;

            case WindowState.Fullscreen:
                LibGtk.gtk_window_fullscreen(_window);
                break;

            default:
                LibGtk.gtk_window_deiconify(_window);
                LibGtk.gtk_window_unmaximize(_window);
                break;
        }
    }

    public void Close()
    {
        if (_window != 0 && _handler.OnClosing())
        {
            LibGtk.gtk_widget_destroy(_window);
        }
    }

    public void Dispose()
    {
        if (_window != 0)
        {
            LibGtk.gtk_widget_destroy(_window);
        }
    }

    internal void HandleRequest(nint request)
    {
        var responder = new GtkResponder(_engine, request);
        _handler.OnRequest(GtkRequest.Read(_engine.Dispatcher, request, responder.CancellationToken), responder);
    }

    private nint CreateWindow()
    {
        var window = LibGtk.gtk_window_new(LibGtk.GTK_WINDOW_TOPLEVEL);
        LibGtk.gtk_window_set_title(window, _options.Title);
        LibGtk.gtk_window_set_default_size(window, _options.Size.Width, _options.Size.Height);
        LibGtk.gtk_window_set_resizable(window, _options.IsResizable ? 1 : 0);
        LibGtk.gtk_window_set_decorated(window, _options.IsDecorated ? 1 : 0);

        if (!_options.IsResizable)
        {
            LibGtk.gtk_widget_set_size_request(View.View, _options.Size.Width, _options.Size.Height);
        }
        else if (_options.MinimumSize is { } minimum)
        {
            LibGtk.gtk_widget_set_size_request(View.View, minimum.Width, minimum.Height);
        }

        PaintBackground(window, _options.BackgroundColor);
        LibGtk.gtk_container_add(window, View.View);
        LibGtk.gtk_widget_show(View.View);
        return window;
    }

    private static void PaintBackground(nint window, Color color)
    {
        var css = string.Create(CultureInfo.InvariantCulture, $"window {{ background: #{color.Red:x2}{color.Green:x2}{color.Blue:x2}; }}");
        var provider = LibGtk.gtk_css_provider_new();
        _ = LibGtk.gtk_css_provider_load_from_data(provider, css, -1, null);
        LibGtk.gtk_style_context_add_provider(LibGtk.gtk_widget_get_style_context(window), provider, LibGtk.GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
        LibGObject.g_object_unref(provider);
    }

    // WebKit renders a view that is mapped. Mapped inside of a window that is not, it renders into its backing store, and the
    // window comes up with the page in it: no flash, and no time lost, since window manager and page no longer wait for each other.
    private void PaintHidden()
    {
        LibGtk.gtk_widget_realize(_window);
        LibGtk.gtk_widget_get_preferred_size(_window, 0, 0);
        var allocation = new LibGtk.GtkAllocation { Width = _options.Size.Width, Height = _options.Size.Height };
        LibGtk.gtk_widget_size_allocate(_window, &allocation);
        LibGtk.gtk_widget_map(View.View);
    }
}
