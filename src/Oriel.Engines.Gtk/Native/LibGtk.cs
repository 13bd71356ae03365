using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

internal static unsafe partial class LibGtk
{
    private const string Library = "gtk-3";

    public const int GTK_WINDOW_TOPLEVEL = 0;
    public const int GTK_STYLE_PROVIDER_PRIORITY_APPLICATION = 600;

    [StructLayout(LayoutKind.Sequential)]
    public struct GtkAllocation
    {
        public int X;
        public int Y;
        public int Width;
        public int Height;
    }

    [LibraryImport(Library)]
    public static partial int gtk_init_check(nint argumentCount, nint arguments);

    [LibraryImport(Library)]
    public static partial uint gtk_get_major_version();

    [LibraryImport(Library)]
    public static partial uint gtk_get_minor_version();

    [LibraryImport(Library)]
    public static partial uint gtk_get_micro_version();

    [LibraryImport(Library)]
    public static partial void gtk_main();

    [LibraryImport(Library)]
    public static partial void gtk_main_quit();

    [LibraryImport(Library)]
    public static partial uint gtk_main_level();

    [LibraryImport(Library)]
    public static partial nint gtk_window_new(int type);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void gtk_window_set_title(nint window, string title);

    [LibraryImport(Library)]
    public static partial void gtk_window_set_default_size(nint window, int width, int height);

    [LibraryImport(Library)]
    public static partial void gtk_window_resize(nint window, int width, int height);

    [LibraryImport(Library)]
    public static partial void gtk_window_get_size(nint window, out int width, out int height);

    [LibraryImport(Library)]
    public static partial void gtk_window_set_resizable(nint window, int resizable);

    [LibraryImport(Library)]
    public static partial void gtk_window_set_decorated(nint window, int decorated);

    [LibraryImport(Library)]
    public static partial int gtk_window_is_active(nint window);

    [LibraryImport(Library)]
    public static partial void gtk_window_present(nint window);

    [LibraryImport(Library)]
    public static partial void gtk_window_close(nint window);

    [LibraryImport(Library)]
    public static partial void gtk_window_iconify(nint window);

    [LibraryImport(Library)]
    public static partial void gtk_window_deiconify(nint window);

    [LibraryImport(Library)]
    public static partial void gtk_window_maximize(nint window);

    [LibraryImport(Library)]
    public static partial void gtk_window_unmaximize(nint window);

    [LibraryImport(Library)]
    public static partial void gtk_window_fullscreen(nint window);

    [LibraryImport(Library)]
    public static partial void gtk_window_unfullscreen(nint window);

    [LibraryImport(Library)]
    public static partial void gtk_container_add(nint container, nint widget);

    [LibraryImport(Library)]
    public static partial void gtk_widget_show(nint widget);

    [LibraryImport(Library)]
    public static partial void gtk_widget_hide(nint widget);

    [LibraryImport(Library)]
    public static partial void gtk_widget_destroy(nint widget);

    [LibraryImport(Library)]
    public static partial void gtk_widget_realize(nint widget);

    [LibraryImport(Library)]
    public static partial void gtk_widget_map(nint widget);

    [LibraryImport(Library)]
    public static partial void gtk_widget_grab_focus(nint widget);

    [LibraryImport(Library)]
    public static partial int gtk_widget_get_mapped(nint widget);

    [LibraryImport(Library)]
    public static partial void gtk_widget_set_size_request(nint widget, int width, int height);

    [LibraryImport(Library)]
    public static partial void gtk_widget_get_preferred_size(nint widget, nint minimum, nint natural);

    [LibraryImport(Library)]
    public static partial void gtk_widget_size_allocate(nint widget, GtkAllocation* allocation);

    [LibraryImport(Library)]
    public static partial nint gtk_widget_get_window(nint widget);

    [LibraryImport(Library)]
    public static partial nint gtk_widget_get_style_context(nint widget);

    [LibraryImport(Library)]
    public static partial void gtk_style_context_add_provider(nint context, nint provider, uint priority);

    [LibraryImport(Library)]
    public static partial nint gtk_css_provider_new();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int gtk_css_provider_load_from_data(nint provider, string css, nint length, LibGLib.GError** error);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int gtk_show_uri_on_window(nint window, string uri, uint time, LibGLib.GError** error);
}
