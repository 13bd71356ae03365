using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oriel.Engines.Gtk.Native;

namespace Oriel.Engines.Gtk;

// What GTK and WebKit tell of the window. Nothing managed may escape from these: it would end the process.
internal sealed unsafe partial class GtkEngineWindow
{
    private void ConnectSignals()
    {
        var view = View.View;
        Signal.Connect(View.Content, GtkWebView.MessageSignal, (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, nint, int>)&OnMessage, this);
        Signal.Connect(view, "load-changed", (nint)(delegate* unmanaged[Cdecl]<nint, int, nint, void>)&OnLoadChanged, this);
        Signal.Connect(view, "load-failed", (nint)(delegate* unmanaged[Cdecl]<nint, int, nint, LibGLib.GError*, nint, int>)&OnLoadFailed, this);
        Signal.Connect(view, "decide-policy", (nint)(delegate* unmanaged[Cdecl]<nint, nint, int, nint, int>)&OnDecidePolicy, this);
        Signal.Connect(view, "create", (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, nint>)&OnCreate, this);
        Signal.Connect(view, "permission-request", (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int>)&OnPermissionRequest, this);
        Signal.Connect(view, "web-process-terminated", (nint)(delegate* unmanaged[Cdecl]<nint, int, nint, void>)&OnProcessTerminated, this);
        Signal.Connect(view, "notify::title", (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, void>)&OnTitle, this);
        Signal.Connect(view, "close", (nint)(delegate* unmanaged[Cdecl]<nint, nint, void>)&OnPageClose, this);
        Signal.Connect(_window, "delete-event", (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int>)&OnDelete, this);
        Signal.Connect(_window, "destroy", (nint)(delegate* unmanaged[Cdecl]<nint, nint, void>)&OnDestroy, this);
        Signal.Connect(_window, "configure-event", (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int>)&OnConfigure, this);
        Signal.Connect(_window, "notify::is-active", (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, void>)&OnActive, this);
        Signal.Connect(_window, "window-state-event", (nint)(delegate* unmanaged[Cdecl]<nint, LibGdk.GdkEventWindowState*, nint, int>)&OnWindowState, this);
    }

    private void HandleMessage(nint value, nint reply)
    {
        var bytes = LibJavaScriptCore.jsc_value_to_string_as_bytes(value);
        try
        {
            var data = LibGLib.g_bytes_get_data(bytes, out var size);

            if (new ReadOnlySpan<byte>(data, (int)Math.Min(size, 16)).SequenceEqual("painted"u8))
            {
                new GtkReply(reply, value).Return(default);
                HandlePainted();
                return;
            }

            _handler.OnMessage(new NativeMemoryView(data, checked((int)size)).Memory, new GtkReply(reply, value));
        }
        finally
        {
            LibGLib.g_bytes_unref(bytes);
        }
    }

    private void HandleLoadChanged(int change)
    {
        switch (change)
        {
            case LibWebKit.WEBKIT_LOAD_STARTED:
                WatchHidden();
                break;

            case LibWebKit.WEBKIT_LOAD_COMMITTED:
                _handler.OnDocumentCommitted(View.Address);
                WatchPainting();
                break;

            case LibWebKit.WEBKIT_LOAD_FINISHED:
                _handler.OnLoadFinished(View.Address, null);
                HandleLoaded();
                break;
        }
    }

    private bool DecidePolicy(nint decision, int type)
    {
        if (type is not (LibWebKit.WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION or LibWebKit.WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION))
        {
            // A response that cannot be shown would become a download, which nobody asked for.
            return LibWebKit.webkit_response_policy_decision_is_mime_type_supported(decision) != 0;
        }

        var action = LibWebKit.webkit_navigation_policy_decision_get_navigation_action(decision);
        var address = NativeText.Read(LibWebKit.webkit_uri_request_get_uri(LibWebKit.webkit_navigation_action_get_request(action)));
        var isUserGesture = LibWebKit.webkit_navigation_action_is_user_gesture(action) != 0;

        if (type == LibWebKit.WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION)
        {
            _handler.OnNewWindow(address, isUserGesture);
            return false;
        }

        // WebKitGTK does not tell a frame from the window here, so that what a window may not show, no frame of it shows. The
        // two addresses that frames begin with lead nowhere: they have no origin, and no bridge.
        return address is "about:blank" or "about:srcdoc" || _handler.OnNavigating(new NavigationRequest(address, IsTopFrame: true, isUserGesture));
    }

    private void HandleDestroy()
    {
        _window = 0;
        _watching.Cancel();
        _engine.Remove(View.View);
        View.Release();
        _handler.OnClosed();
    }

    private void HandleState()
    {
        if (_window != 0)
        {
            LibGtk.gtk_window_get_size(_window, out var width, out var height);
            _handler.OnStateChanged(new WindowSize(width, height), _state, LibGtk.gtk_window_is_active(_window) != 0);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnMessage(nint content, nint value, nint reply, nint data)
    {
        try
        {
            Signal.Target<GtkEngineWindow>(data).HandleMessage(value, reply);
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }

        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLoadChanged(nint view, int change, nint data)
    {
        try
        {
            Signal.Target<GtkEngineWindow>(data).HandleLoadChanged(change);
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnLoadFailed(nint view, int change, nint address, LibGLib.GError* error, nint data)
    {
        try
        {
            Signal.Target<GtkEngineWindow>(data)._handler.OnLoadFinished(NativeText.Read(address), NativeText.Read((nint)error->Message));
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }

        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnDecidePolicy(nint view, nint decision, int type, nint data)
    {
        try
        {
            if (Signal.Target<GtkEngineWindow>(data).DecidePolicy(decision, type))
            {
                LibWebKit.webkit_policy_decision_use(decision);
                return 1;
            }
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }

        LibWebKit.webkit_policy_decision_ignore(decision);
        return 1;
    }

    // A page gets no window from the engine: a document that the host knows nothing of would be in it.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnCreate(nint view, nint action, nint data)
    {
        try
        {
            var address = NativeText.Read(LibWebKit.webkit_uri_request_get_uri(LibWebKit.webkit_navigation_action_get_request(action)));
            Signal.Target<GtkEngineWindow>(data)._handler.OnNewWindow(address, LibWebKit.webkit_navigation_action_is_user_gesture(action) != 0);
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }

        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnPermissionRequest(nint view, nint request, nint data)
    {
        LibWebKit.webkit_permission_request_deny(request);
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnProcessTerminated(nint view, int reason, nint data)
    {
        try
        {
            Signal.Target<GtkEngineWindow>(data)._handler.OnProcessFailed(reason switch
            {
                0 => "crashed",
                1 => "exceeded its memory limit",
                2 => "ended by request",
                _ => $"reason {reason}",
            });
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTitle(nint view, nint property, nint data)
    {
        try
        {
            Signal.Target<GtkEngineWindow>(data)._handler.OnTitleChanged(NativeText.Read(LibWebKit.webkit_web_view_get_title(view)));
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPageClose(nint view, nint data)
    {
        try
        {
            Signal.Target<GtkEngineWindow>(data).Close();
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnDelete(nint window, nint @event, nint data)
    {
        try
        {
            return Signal.Target<GtkEngineWindow>(data)._handler.OnClosing() ? 0 : 1;
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDestroy(nint window, nint data)
    {
        try
        {
            Signal.Target<GtkEngineWindow>(data).HandleDestroy();
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnConfigure(nint window, nint @event, nint data)
    {
        try
        {
            Signal.Target<GtkEngineWindow>(data).HandleState();
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }

        return 0;
    }

    // Not every window manager tells of the focus as a state of the window.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnActive(nint window, nint property, nint data)
    {
        try
        {
            Signal.Target<GtkEngineWindow>(data).HandleState();
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWindowState(nint window, LibGdk.GdkEventWindowState* change, nint data)
    {
        try
        {
            var target = Signal.Target<GtkEngineWindow>(data);
            target._state = change->NewWindowState switch
            {
                var state when (state & LibGdk.GDK_WINDOW_STATE_ICONIFIED) != 0 => WindowState.Minimized,
                var state when (state & LibGdk.GDK_WINDOW_STATE_FULLSCREEN) != 0 => WindowState.Fullscreen,
                var state when (state & LibGdk.GDK_WINDOW_STATE_MAXIMIZED) != 0 => WindowState.Maximized,
                _ => WindowState.Normal,
            };
            target.HandleState();
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }

        return 0;
    }
}
