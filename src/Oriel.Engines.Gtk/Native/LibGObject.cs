using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

internal static unsafe partial class LibGObject
{
    private const string Library = "gobject-2.0";

    // The fundamental types: their number times four (gtype.h, G_TYPE_MAKE_FUNDAMENTAL).
    public const nuint G_TYPE_BOOLEAN = 5 << 2;
    public const nuint G_TYPE_OBJECT = 20 << 2;

    [StructLayout(LayoutKind.Sequential)]
    public struct GValue
    {
        public nuint Type;
        public ulong Data0;
        public ulong Data1;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct GTypeQuery
    {
        public nuint Type;
        public nint Name;
        public uint ClassSize;
        public uint InstanceSize;
    }

    [LibraryImport(Library)]
    public static partial nint g_object_ref(nint instance);

    [LibraryImport(Library)]
    public static partial nint g_object_ref_sink(nint instance);

    [LibraryImport(Library)]
    public static partial void g_object_unref(nint instance);

    [LibraryImport(Library)]
    public static partial nint g_object_new_with_properties(nuint type, uint count, nint* names, GValue* values);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint g_signal_connect_data(nint instance, string signal, nint handler, nint data, delegate* unmanaged[Cdecl]<nint, nint, void> destroyData, int flags);

    [LibraryImport(Library)]
    public static partial GValue* g_value_init(GValue* value, nuint type);

    [LibraryImport(Library)]
    public static partial void g_value_set_object(GValue* value, nint instance);

    [LibraryImport(Library)]
    public static partial void g_value_unset(GValue* value);

    [LibraryImport(Library)]
    public static partial void g_type_query(nuint type, GTypeQuery* query);

    [LibraryImport(Library)]
    public static partial nint g_type_class_peek_parent(nint type);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint g_type_register_static_simple(nuint parent, string name, uint classSize, delegate* unmanaged[Cdecl]<nint, nint, void> classInit, uint instanceSize, nint instanceInit, int flags);

    [LibraryImport(Library)]
    public static partial nint g_type_name_from_instance(nint instance);
}
