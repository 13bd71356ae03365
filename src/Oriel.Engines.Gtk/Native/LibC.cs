using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

internal static partial class LibC
{
    private const string Library = "libc";

    public const int R_OK = 4;
    public const int W_OK = 2;

    // Environment.SetEnvironmentVariable does not reach the C library, which WebKit and its processes read.
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int setenv(string name, string value, int overwrite);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int access(string path, int mode);
}
