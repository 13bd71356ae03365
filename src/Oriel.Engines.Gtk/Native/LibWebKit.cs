using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

internal static unsafe partial class LibWebKit
{
    private const string Library = "webkit2gtk";

    public const int WEBKIT_LOAD_STARTED = 0;
    public const int WEBKIT_LOAD_COMMITTED = 2;
    public const int WEBKIT_LOAD_FINISHED = 3;
    public const int WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION = 0;
    public const int WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION = 1;
    public const int WEBKIT_USER_CONTENT_INJECT_TOP_FRAME = 1;
    public const int WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_START = 0;
    public const int WEBKIT_SNAPSHOT_REGION_VISIBLE = 0;
    public const int WEBKIT_SNAPSHOT_OPTIONS_NONE = 0;

    [LibraryImport(Library)]
    public static partial uint webkit_get_major_version();

    [LibraryImport(Library)]
    public static partial uint webkit_get_minor_version();

    [LibraryImport(Library)]
    public static partial uint webkit_get_micro_version();

    [LibraryImport(Library)]
    public static partial nint webkit_web_context_get_default();

    [LibraryImport(Library)]
    public static partial nint webkit_web_context_get_security_manager(nint context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void webkit_security_manager_register_uri_scheme_as_secure(nint manager, string scheme);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void webkit_security_manager_register_uri_scheme_as_cors_enabled(nint manager, string scheme);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void webkit_web_context_register_uri_scheme(nint context, string scheme, delegate* unmanaged[Cdecl]<nint, nint, void> callback, nint data, nint destroyData);

    [LibraryImport(Library)]
    public static partial nint webkit_user_content_manager_new();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int webkit_user_content_manager_register_script_message_handler_with_reply(nint manager, string name, string world);

    [LibraryImport(Library)]
    public static partial void webkit_user_content_manager_add_script(nint manager, nint script);

    [LibraryImport(Library)]
    public static partial void webkit_user_content_manager_remove_all_scripts(nint manager);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint webkit_user_script_new(string source, int frames, int time, nint* allowList, nint* blockList);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint webkit_user_script_new_for_world(string source, int frames, int time, string world, nint* allowList, nint* blockList);

    [LibraryImport(Library)]
    public static partial void webkit_user_script_unref(nint script);

    [LibraryImport(Library)]
    public static partial nint webkit_script_message_reply_ref(nint reply);

    [LibraryImport(Library)]
    public static partial void webkit_script_message_reply_unref(nint reply);

    [LibraryImport(Library)]
    public static partial void webkit_script_message_reply_return_value(nint reply, nint value);

    [LibraryImport(Library)]
    public static partial nuint webkit_web_view_get_type();

    [LibraryImport(Library)]
    public static partial nint webkit_web_view_get_settings(nint view);

    [LibraryImport(Library)]
    public static partial void webkit_web_view_set_background_color(nint view, LibGdk.GdkRGBA* color);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void webkit_web_view_load_uri(nint view, string uri);

    [LibraryImport(Library)]
    public static partial void webkit_web_view_reload(nint view);

    [LibraryImport(Library)]
    public static partial void webkit_web_view_go_back(nint view);

    [LibraryImport(Library)]
    public static partial void webkit_web_view_go_forward(nint view);

    [LibraryImport(Library)]
    public static partial nint webkit_web_view_get_uri(nint view);

    [LibraryImport(Library)]
    public static partial nint webkit_web_view_get_title(nint view);

    [LibraryImport(Library)]
    public static partial void webkit_web_view_evaluate_javascript(nint view, byte* script, nint length, byte* world, nint sourceUri, nint cancellable, nint callback, nint data);

    [LibraryImport(Library)]
    public static partial void webkit_web_view_call_async_javascript_function(nint view, byte* body, nint length, nint arguments, nint world, nint sourceUri, nint cancellable, delegate* unmanaged[Cdecl]<nint, nint, nint, void> callback, nint data);

    [LibraryImport(Library)]
    public static partial nint webkit_web_view_call_async_javascript_function_finish(nint view, nint result, LibGLib.GError** error);

    [LibraryImport(Library)]
    public static partial void webkit_web_view_get_snapshot(nint view, int region, int options, nint cancellable, delegate* unmanaged[Cdecl]<nint, nint, nint, void> callback, nint data);

    [LibraryImport(Library)]
    public static partial nint webkit_web_view_get_snapshot_finish(nint view, nint result, LibGLib.GError** error);

    [LibraryImport(Library)]
    public static partial nint webkit_web_view_get_inspector(nint view);

    [LibraryImport(Library)]
    public static partial void webkit_web_inspector_show(nint inspector);

    [LibraryImport(Library)]
    public static partial void webkit_settings_set_enable_developer_extras(nint settings, int enabled);

    [LibraryImport(Library)]
    public static partial void webkit_settings_set_enable_page_cache(nint settings, int enabled);

    [LibraryImport(Library)]
    public static partial void webkit_settings_set_enable_back_forward_navigation_gestures(nint settings, int enabled);

    [LibraryImport(Library)]
    public static partial nint webkit_navigation_policy_decision_get_navigation_action(nint decision);

    [LibraryImport(Library)]
    public static partial nint webkit_navigation_action_get_request(nint action);

    [LibraryImport(Library)]
    public static partial int webkit_navigation_action_is_user_gesture(nint action);

    [LibraryImport(Library)]
    public static partial nint webkit_uri_request_get_uri(nint request);

    [LibraryImport(Library)]
    public static partial int webkit_response_policy_decision_is_mime_type_supported(nint decision);

    [LibraryImport(Library)]
    public static partial void webkit_policy_decision_use(nint decision);

    [LibraryImport(Library)]
    public static partial void webkit_policy_decision_ignore(nint decision);

    [LibraryImport(Library)]
    public static partial void webkit_permission_request_deny(nint request);

    [LibraryImport(Library)]
    public static partial nint webkit_uri_scheme_request_get_web_view(nint request);

    [LibraryImport(Library)]
    public static partial nint webkit_uri_scheme_request_get_uri(nint request);

    [LibraryImport(Library)]
    public static partial nint webkit_uri_scheme_request_get_http_method(nint request);

    [LibraryImport(Library)]
    public static partial nint webkit_uri_scheme_request_get_http_headers(nint request);

    [LibraryImport(Library)]
    public static partial nint webkit_uri_scheme_request_get_http_body(nint request);

    [LibraryImport(Library)]
    public static partial nint webkit_uri_scheme_response_new(nint stream, long length);

    [LibraryImport(Library)]
    public static partial void webkit_uri_scheme_response_set_status(nint response, uint status, nint reason);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void webkit_uri_scheme_response_set_content_type(nint response, string type);

    [LibraryImport(Library)]
    public static partial void webkit_uri_scheme_response_set_http_headers(nint response, nint headers);

    [LibraryImport(Library)]
    public static partial void webkit_uri_scheme_request_finish_with_response(nint request, nint response);
}
