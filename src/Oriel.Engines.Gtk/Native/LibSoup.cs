using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

internal static unsafe partial class LibSoup
{
    private const string Library = "soup";

    public const int SOUP_MESSAGE_HEADERS_RESPONSE = 1;

    // The same in libsoup 2.4 and 3: three pointers at most, kept opaque.
    [StructLayout(LayoutKind.Sequential)]
    public struct SoupMessageHeadersIter
    {
        public nint Dummy0;
        public nint Dummy1;
        public nint Dummy2;
    }

    [LibraryImport(Library)]
    public static partial nint soup_message_headers_new(int type);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void soup_message_headers_append(nint headers, string name, string value);

    [LibraryImport(Library)]
    public static partial void soup_message_headers_iter_init(SoupMessageHeadersIter* iterator, nint headers);

    [LibraryImport(Library)]
    public static partial int soup_message_headers_iter_next(SoupMessageHeadersIter* iterator, byte** name, byte** value);
}
