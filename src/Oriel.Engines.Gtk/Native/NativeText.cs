using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

/// <summary>Text and errors of GLib.</summary>
internal static unsafe class NativeText
{
    /// <summary>A string that somebody else owns.</summary>
    public static string Read(nint text) => Marshal.PtrToStringUTF8(text) ?? "";

    /// <summary>A string that is freed here.</summary>
    public static string? Take(nint text)
    {
        var read = Marshal.PtrToStringUTF8(text);
        LibGLib.g_free(text);
        return read;
    }

    /// <summary>The message of an error, which is freed here.</summary>
    public static string Take(LibGLib.GError* error)
    {
        var message = error is null ? "unknown error" : Read((nint)error->Message);
        if (error is not null)
        {
            LibGLib.g_error_free(error);
        }

        return message;
    }
}
