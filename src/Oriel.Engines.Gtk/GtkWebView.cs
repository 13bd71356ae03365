using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Oriel.Engines.Gtk.Native;

namespace Oriel.Engines.Gtk;

/// <summary>A WebKitWebView with its content manager. UI thread.</summary>
internal sealed unsafe class GtkWebView : IEngineWebView
{
    private const string World = "oriel";
    private const string MessageHandler = "oriel";

    private readonly EngineWindowOptions _options;
    private readonly List<string> _bridgeOrigins = [];
    private readonly List<string> _bridgeAddresses = [];
    private readonly nint _content;

    public GtkWebView(EngineWindowOptions options)
    {
        _options = options;
        foreach (var origin in options.BridgeOrigins)
        {
            _bridgeOrigins.Add(origin);
            _bridgeAddresses.Add(AddressesOf(origin));
        }

        _content = LibWebKit.webkit_user_content_manager_new();

        _ = LibWebKit.webkit_user_content_manager_register_script_message_handler_with_reply(_content, MessageHandler, World);
        AddScripts();

        View = CreateView((options.Related as GtkEngineWindow)?.View.View ?? 0);
        Configure();

        // The web process starts with the first load, while the window around the view is still being made.
        Navigate(options.Address);
    }

    /// <summary>The native widget.</summary>
    public nint View { get; }

    /// <summary>The native content manager, whose signal carries the messages.</summary>
    public nint Content => _content;

    public static string MessageSignal => $"script-message-with-reply-received::{MessageHandler}";

    /// <summary>Whether the document's address is one that gets the bridge's scripts.</summary>
    public bool IsBridged
    {
        get
        {
            var address = Address;
            foreach (var origin in _bridgeOrigins)
            {
                if (address.StartsWith(origin, StringComparison.Ordinal) && address.AsSpan(origin.Length) is [] or ['/', ..])
                {
                    return true;
                }
            }

            return false;
        }
    }

    public string Address => NativeText.Read(LibWebKit.webkit_web_view_get_uri(View));

    public void Navigate(string address) => LibWebKit.webkit_web_view_load_uri(View, address);

    public void Reload() => LibWebKit.webkit_web_view_reload(View);

    public void GoBack() => LibWebKit.webkit_web_view_go_back(View);

    public void GoForward() => LibWebKit.webkit_web_view_go_forward(View);

    public void ShowDevTools()
    {
        LibWebKit.webkit_settings_set_enable_developer_extras(LibWebKit.webkit_web_view_get_settings(View), 1);
        LibWebKit.webkit_web_inspector_show(LibWebKit.webkit_web_view_get_inspector(View));
    }

    public void AddBridgeOrigin(string origin)
    {
        if (_bridgeOrigins.Contains(origin))
        {
            return;
        }

        // A script's list of addresses is fixed, so all scripts are laid anew.
        _bridgeOrigins.Add(origin);
        _bridgeAddresses.Add(AddressesOf(origin));
        LibWebKit.webkit_user_content_manager_remove_all_scripts(_content);
        AddScripts();
    }

    public Task<string> EvaluateAsync(string body)
    {
        var completion = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var utf8 = Encoding.UTF8.GetBytes(body);
        fixed (byte* script = utf8)
        {
            LibWebKit.webkit_web_view_call_async_javascript_function(View, script, utf8.Length, 0, 0, 0, 0, &OnEvaluated, GCHandle.ToIntPtr(GCHandle.Alloc(completion)));
        }

        return completion.Task;
    }

    public void Post(ReadOnlySpan<byte> lines)
    {
        // A JSON string is a JavaScript string (ECMAScript 2019 and later).
        var script = new ArrayBufferWriter<byte>(lines.Length + 64);
        script.Write("__orielPost("u8);
        using (var json = new Utf8JsonWriter(script))
        {
            json.WriteStringValue(lines);
        }

        script.Write(")"u8);
        fixed (byte* source = script.WrittenSpan)
        {
            fixed (byte* world = "oriel\0"u8)
            {
                LibWebKit.webkit_web_view_evaluate_javascript(View, source, script.WrittenCount, world, 0, 0, 0, 0);
            }
        }
    }

    public Task<byte[]> SnapshotAsync()
    {
        var completion = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        LibWebKit.webkit_web_view_get_snapshot(
            View, LibWebKit.WEBKIT_SNAPSHOT_REGION_VISIBLE, LibWebKit.WEBKIT_SNAPSHOT_OPTIONS_NONE, 0, &OnSnapshot, GCHandle.ToIntPtr(GCHandle.Alloc(completion)));
        return completion.Task;
    }

    /// <summary>Gives back what is not the widget's own.</summary>
    public void Release() => LibGObject.g_object_unref(_content);

    // WebKit's patterns know no port: with one they fit nothing.
    private static string AddressesOf(string origin)
    {
        var port = origin.LastIndexOf(':');
        return (port > origin.IndexOf("://", StringComparison.Ordinal) && !origin.EndsWith(']') ? origin[..port] : origin) + "/*";
    }

    // So the script looks for itself. By self.origin: a document that its own policy sandboxes has the address of an origin that
    // it is not of.
    private string Guard(string script) => $"if ([\"{string.Join("\",\"", _bridgeOrigins)}\"].includes(self.origin)) {{\n{script}\n}}";

    private void AddScripts()
    {
        using var origins = new NativeStrings(_bridgeAddresses);

        var isolated = LibWebKit.webkit_user_script_new_for_world(
            Guard(_options.IsolatedScript), LibWebKit.WEBKIT_USER_CONTENT_INJECT_TOP_FRAME, LibWebKit.WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_START, World, origins.Pointer, null);
        LibWebKit.webkit_user_content_manager_add_script(_content, isolated);
        LibWebKit.webkit_user_script_unref(isolated);

        var page = LibWebKit.webkit_user_script_new(
            Guard(_options.PageScript), LibWebKit.WEBKIT_USER_CONTENT_INJECT_TOP_FRAME, LibWebKit.WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_START, origins.Pointer, null);
        LibWebKit.webkit_user_content_manager_add_script(_content, page);
        LibWebKit.webkit_user_script_unref(page);
    }

    private nint CreateView(nint related)
    {
        const int Count = 2;

        fixed (byte* contentName = "user-content-manager\0"u8, relatedName = "related-view\0"u8)
        {
            var names = stackalloc nint[Count] { (nint)contentName, (nint)relatedName };
            var values = stackalloc LibGObject.GValue[Count];
            new Span<LibGObject.GValue>(values, Count).Clear();

            LibGObject.g_value_set_object(LibGObject.g_value_init(&values[0], LibGObject.G_TYPE_OBJECT), _content);
            LibGObject.g_value_set_object(LibGObject.g_value_init(&values[1], LibGObject.G_TYPE_OBJECT), related);
            var view = LibGObject.g_object_new_with_properties(LibWebKit.webkit_web_view_get_type(), related == 0 ? 1u : 2u, names, values);
            LibGObject.g_value_unset(&values[0]);
            LibGObject.g_value_unset(&values[1]);
            return view;
        }
    }

    private void Configure()
    {
        var settings = LibWebKit.webkit_web_view_get_settings(View);

        // A document that comes back from the cache has a dead bridge: its scripts are not run again, its stream has failed.
        LibWebKit.webkit_settings_set_enable_page_cache(settings, 0);
        LibWebKit.webkit_settings_set_enable_developer_extras(settings, _options.DevTools ? 1 : 0);

        var background = _options.BackgroundColor;
        var color = new LibGdk.GdkRGBA { Red = background.Red / 255.0, Green = background.Green / 255.0, Blue = background.Blue / 255.0, Alpha = 1 };
        LibWebKit.webkit_web_view_set_background_color(View, &color);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEvaluated(nint view, nint result, nint data)
    {
        try
        {
            var completion = Signal.Take<TaskCompletionSource<string>>(data);
            LibGLib.GError* error = null;
            var value = LibWebKit.webkit_web_view_call_async_javascript_function_finish(view, result, &error);

            if (value == 0)
            {
                completion.SetException(new ScriptException(NativeText.Take(error)));
                return;
            }

            completion.SetResult(NativeText.Take(LibJavaScriptCore.jsc_value_to_json(value, 0)) ?? "null");
            LibGObject.g_object_unref(value);
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSnapshot(nint view, nint result, nint data)
    {
        try
        {
            var completion = Signal.Take<TaskCompletionSource<byte[]>>(data);
            LibGLib.GError* error = null;
            var surface = LibWebKit.webkit_web_view_get_snapshot_finish(view, result, &error);

            if (surface == 0)
            {
                completion.SetException(new InvalidOperationException($"The page could not be painted: {NativeText.Take(error)}"));
                return;
            }

            var png = new ArrayBufferWriter<byte>();
            var handle = GCHandle.Alloc(png);
            var status = LibCairo.cairo_surface_write_to_png_stream(surface, &OnPng, GCHandle.ToIntPtr(handle));
            handle.Free();
            LibCairo.cairo_surface_destroy(surface);

            if (status == LibCairo.CAIRO_STATUS_SUCCESS)
            {
                completion.SetResult(png.WrittenSpan.ToArray());
            }
            else
            {
                completion.SetException(new InvalidOperationException($"The picture could not be written (cairo status {status})."));
            }
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnPng(nint closure, byte* data, uint length)
    {
        try
        {
            Signal.Target<ArrayBufferWriter<byte>>(closure).Write(new ReadOnlySpan<byte>(data, (int)length));
            return LibCairo.CAIRO_STATUS_SUCCESS;
        }
        catch (Exception)
        {
            return LibCairo.CAIRO_STATUS_WRITE_ERROR;
        }
    }
}
