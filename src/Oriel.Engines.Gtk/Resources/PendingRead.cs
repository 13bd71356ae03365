using Oriel.Engines.Gtk.Native;

namespace Oriel.Engines.Gtk;

/// <summary>A read of WebKit's that is to be answered once, into its own buffer. UI thread.</summary>
internal readonly unsafe struct PendingRead(nint task, nint cancellable, nint buffer, int count)
{
    public nint Cancellable => cancellable;

    /// <summary>Fills WebKit's buffer with as much as fits.</summary>
    /// <returns>How much that is.</returns>
    public int Fill(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, count);
        bytes[..taken].CopyTo(new Span<byte>((void*)buffer, taken));
        return taken;
    }

    /// <summary>Answers with what was filled; nothing is the end of the body.</summary>
    /// <remarks>WebKit may ask for the next piece from within, so the reader's state is up to date before this.</remarks>
    public void Return(int taken)
    {
        LibGio.g_task_return_int(task, taken);
        LibGObject.g_object_unref(task);
    }

    public void Fail(string message) => Fail(task, message);

    public static void Fail(nint task, string message)
    {
        LibGio.g_task_return_error(task, LibGLib.g_error_new_literal(LibGio.g_io_error_quark(), LibGio.G_IO_ERROR_FAILED, message));
        LibGObject.g_object_unref(task);
    }
}
