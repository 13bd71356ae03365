using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

internal static unsafe partial class LibJavaScriptCore
{
    private const string Library = "javascriptcoregtk";

    [LibraryImport(Library)]
    public static partial nint jsc_value_get_context(nint value);

    // With its length: jsc_value_to_string ends at the first NUL.
    [LibraryImport(Library)]
    public static partial nint jsc_value_to_string_as_bytes(nint value);

    [LibraryImport(Library)]
    public static partial nint jsc_value_new_string_from_bytes(nint context, nint bytes);

    [LibraryImport(Library)]
    public static partial nint jsc_value_to_json(nint value, uint indent);
}
