using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

internal static unsafe partial class LibGdk
{
    private const string Library = "gdk-3";

    public const int GDK_WINDOW_STATE_ICONIFIED = 1 << 1;
    public const int GDK_WINDOW_STATE_MAXIMIZED = 1 << 2;
    public const int GDK_WINDOW_STATE_FULLSCREEN = 1 << 4;
    public const int GDK_WINDOW_STATE_FOCUSED = 1 << 7;

    [StructLayout(LayoutKind.Sequential)]
    public struct GdkRGBA
    {
        public double Red;
        public double Green;
        public double Blue;
        public double Alpha;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct GdkEventWindowState
    {
        public int Type;
        public nint Window;
        public sbyte SendEvent;
        public int ChangedMask;
        public int NewWindowState;
    }

    [LibraryImport(Library)]
    public static partial nint gdk_display_get_default();

    [LibraryImport(Library)]
    public static partial nuint gdk_x11_window_get_xid(nint window);
}
