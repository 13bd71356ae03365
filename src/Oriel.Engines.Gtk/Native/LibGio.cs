using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

internal static unsafe partial class LibGio
{
    private const string Library = "gio-2.0";

    public const int G_IO_ERROR_FAILED = 0;
    public const int G_IO_ERROR_CANCELLED = 19;

    [LibraryImport(Library)]
    public static partial uint g_io_error_quark();

    [LibraryImport(Library)]
    public static partial nuint g_input_stream_get_type();

    [LibraryImport(Library)]
    public static partial nint g_input_stream_read(nint stream, void* buffer, nuint count, nint cancellable, LibGLib.GError** error);

    [LibraryImport(Library)]
    public static partial nint g_task_new(nint source, nint cancellable, nint callback, nint data);

    [LibraryImport(Library)]
    public static partial void g_task_set_priority(nint task, int priority);

    [LibraryImport(Library)]
    public static partial void g_task_return_int(nint task, nint result);

    [LibraryImport(Library)]
    public static partial void g_task_return_boolean(nint task, int result);

    [LibraryImport(Library)]
    public static partial void g_task_return_error(nint task, LibGLib.GError* error);

    [LibraryImport(Library)]
    public static partial nint g_task_propagate_int(nint task, LibGLib.GError** error);

    [LibraryImport(Library)]
    public static partial int g_task_propagate_boolean(nint task, LibGLib.GError** error);

    [LibraryImport(Library)]
    public static partial int g_cancellable_is_cancelled(nint cancellable);
}
