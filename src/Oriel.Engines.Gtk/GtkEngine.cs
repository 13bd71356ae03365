using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oriel.Engines.Gtk.Native;

namespace Oriel.Engines.Gtk;

/// <summary>GTK 3 and WebKitGTK, on Linux. One in a process.</summary>
public sealed unsafe class GtkEngine : IEngine
{
    private static GtkEngine? _current;

    private readonly GtkEngineOptions _options;
    private readonly Dictionary<nint, GtkEngineWindow> _windows = [];
    private WakeSource? _wake;
    private EngineOptions? _engineOptions;
    private bool _isRunning;

    /// <summary>Creates the engine; nothing native is touched before <see cref="Start"/>.</summary>
    public GtkEngine(GtkEngineOptions? options = null)
    {
        _options = options ?? new GtkEngineOptions();
        Dispatcher = new Dispatcher(() => _wake?.Wake());
    }

    /// <inheritdoc/>
    public string Name { get; private set; } = "WebKitGTK";

    /// <inheritdoc/>
    public EngineFeatures Features =>
        EngineFeatures.IsolatedWorld | EngineFeatures.StreamedResponses | EngineFeatures.RequestBodies | EngineFeatures.Snapshot |
        EngineFeatures.DevTools | EngineFeatures.SharedProcess | EngineFeatures.Scripts;

    /// <inheritdoc/>
    public Dispatcher Dispatcher { get; }

    /// <summary>The environment variable that was set for WebKit's renderer, as <c>NAME=value</c>; null for none.</summary>
    public string? RendererSetting { get; private set; }

    internal GtkEngineOptions Options => _options;

    /// <summary>Loads the libraries that <see cref="Start"/> needs, as far as they are there. On any thread, before it.</summary>
    public static void Preload() => NativeLibraries.Preload();

    /// <inheritdoc/>
    public void Start(EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        if (_current is not null)
        {
            throw new InvalidOperationException("There is a GtkEngine in this process already, and GTK allows one.");
        }

        NativeLibraries.Resolve(_options.WebKit);
        RendererSetting = RendererProbe.Apply();
        LibGLib.g_set_prgname(options.ApplicationName);
        LibGLib.g_set_application_name(options.ApplicationName);

        if (LibGtk.gtk_init_check(0, 0) == 0)
        {
            throw new EngineUnavailableException(
                "There is no display: neither DISPLAY nor WAYLAND_DISPLAY leads to one. On a machine without a screen run the program under a virtual one: xvfb-run -a <program>.");
        }

        _current = this;
        _engineOptions = options;
        Dispatcher.Attach();
        _wake = new WakeSource(Dispatcher.Drain);
        Name = $"WebKitGTK {LibWebKit.webkit_get_major_version()}.{LibWebKit.webkit_get_minor_version()}.{LibWebKit.webkit_get_micro_version()} " +
            $"(GTK {LibGtk.gtk_get_major_version()}.{LibGtk.gtk_get_minor_version()}.{LibGtk.gtk_get_micro_version()})";
        RegisterSchemes(options.Schemes);

        // What was posted before there was anything to wake.
        _wake.Wake();
    }

    /// <inheritdoc/>
    public IEngineWindow CreateWindow(EngineWindowOptions options, IEngineWindowHandler handler)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handler);
        Dispatcher.VerifyAccess();

        return new GtkEngineWindow(this, options, handler);
    }

    /// <inheritdoc/>
    public void Run()
    {
        Dispatcher.VerifyAccess();
        _isRunning = true;
        LibGtk.gtk_main();
    }

    /// <inheritdoc/>
    public bool Tick()
    {
        Dispatcher.VerifyAccess();

        // All that is pending: one turn a tick would make a round trip as long as the host's frame (measured: 17 ms).
        var worked = false;
        while (LibGLib.g_main_context_iteration(0, 0) != 0)
        {
            worked = true;
        }

        return worked;
    }

    /// <inheritdoc/>
    public void Quit()
    {
        Dispatcher.VerifyAccess();

        if (_isRunning && LibGtk.gtk_main_level() > 0)
        {
            _isRunning = false;
            LibGtk.gtk_main_quit();
        }
    }

    /// <inheritdoc/>
    public void OpenExternal(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);

        LibGLib.GError* error = null;
        if (LibGtk.gtk_show_uri_on_window(0, address.AbsoluteUri, 0, &error) == 0)
        {
            ReportError(new InvalidOperationException($"The system could not open {address.Scheme}: addresses: {NativeText.Take(error)}"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var window in _windows.Values.ToArray())
        {
            window.Dispose();
        }
    }

    internal void Add(nint view, GtkEngineWindow window) => _windows.Add(view, window);

    internal void Remove(nint view) => _windows.Remove(view);

    internal void ReportError(Exception exception) => _engineOptions?.OnError?.Invoke(exception);

    /// <summary>For callbacks that have no target of their own.</summary>
    internal static void Report(Exception exception) => _current?.ReportError(exception);

    private static void RegisterSchemes(IEnumerable<string> schemes)
    {
        // Held for ever: WebKit would free it when the process exits, on the main thread, and aborts when the UI thread is another one.
        var context = LibGObject.g_object_ref(LibWebKit.webkit_web_context_get_default());
        var security = LibWebKit.webkit_web_context_get_security_manager(context);

        foreach (var scheme in schemes)
        {
            // Without CORS a fetch from another origin of ours bypasses the handler (WebKitGTK 2.46 and later).
            LibWebKit.webkit_security_manager_register_uri_scheme_as_secure(security, scheme);
            LibWebKit.webkit_security_manager_register_uri_scheme_as_cors_enabled(security, scheme);
            LibWebKit.webkit_web_context_register_uri_scheme(context, scheme, &OnSchemeRequest, 0, 0);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSchemeRequest(nint request, nint data)
    {
        try
        {
            var engine = _current!;
            var view = LibWebKit.webkit_uri_scheme_request_get_web_view(request);

            if (engine._windows.TryGetValue(view, out var window))
            {
                window.HandleRequest(request);
            }
            else
            {
                new GtkResponder(engine, request).Respond(Protocols.ProtocolResponse.Error(404, "The window is closed."));
            }
        }
        catch (Exception exception)
        {
            Report(exception);
        }
    }
}
