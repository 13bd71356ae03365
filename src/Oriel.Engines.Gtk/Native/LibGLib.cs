using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

internal static unsafe partial class LibGLib
{
    private const string Library = "glib-2.0";

    [StructLayout(LayoutKind.Sequential)]
    public struct GError
    {
        public uint Domain;
        public int Code;
        public byte* Message;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct GSourceFuncs
    {
        public nint Prepare;
        public nint Check;
        public delegate* unmanaged[Cdecl]<nint, nint, nint, int> Dispatch;
        public nint Finalize;
        public nint ClosureCallback;
        public nint ClosureMarshal;
    }

    [LibraryImport(Library)]
    public static partial void g_free(nint memory);

    [LibraryImport(Library)]
    public static partial void g_error_free(GError* error);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint g_quark_from_string(string text);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial GError* g_error_new_literal(uint domain, int code, string message);

    [LibraryImport(Library)]
    public static partial nint g_bytes_new(byte* data, nuint size);

    [LibraryImport(Library)]
    public static partial byte* g_bytes_get_data(nint bytes, out nuint size);

    [LibraryImport(Library)]
    public static partial void g_bytes_unref(nint bytes);

    [LibraryImport(Library)]
    public static partial nint g_source_new(GSourceFuncs* functions, uint size);

    [LibraryImport(Library)]
    public static partial void g_source_set_priority(nint source, int priority);

    [LibraryImport(Library)]
    public static partial void g_source_set_can_recurse(nint source, int canRecurse);

    [LibraryImport(Library)]
    public static partial uint g_source_attach(nint source, nint context);

    [LibraryImport(Library)]
    public static partial void g_source_set_ready_time(nint source, long microseconds);

    [LibraryImport(Library)]
    public static partial void g_source_destroy(nint source);

    [LibraryImport(Library)]
    public static partial void g_source_unref(nint source);

    [LibraryImport(Library)]
    public static partial int g_main_context_iteration(nint context, int mayBlock);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_set_prgname(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_set_application_name(string name);
}
