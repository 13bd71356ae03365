using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

internal static unsafe partial class LibCairo
{
    private const string Library = "cairo";

    public const int CAIRO_STATUS_SUCCESS = 0;
    public const int CAIRO_STATUS_WRITE_ERROR = 11;

    [LibraryImport(Library)]
    public static partial int cairo_surface_write_to_png_stream(nint surface, delegate* unmanaged[Cdecl]<nint, byte*, uint, int> write, nint closure);

    [LibraryImport(Library)]
    public static partial void cairo_surface_destroy(nint surface);
}
