using Oriel.Engines.Gtk.Native;

namespace Oriel.Engines.Gtk;

/// <summary>A read of WebKit's that is to be answered once, into its own buffer. UI thread.</summary>
internal readonly unsafe struct PendingRead(nint task, nint cancellable, nint buffer, int count)
{
    public nint Cancellable => cancellable;

    /// <summary>Answers with as much as fits; nothing is the end of the body.</summary>
    /// <returns>How much was taken.</returns>
    public int Return(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, count);
        bytes[..taken].CopyTo(new Span<byte>((void*)buffer, taken));
        LibGio.g_task_return_int(task, taken);
        LibGObject.g_object_unref(task);
        return taken;
    }

    public void Fail(string message) => Fail(task, message);

    public static void Fail(nint task, string message)
    {
        LibGio.g_task_return_error(task, LibGLib.g_error_new_literal(LibGio.g_io_error_quark(), LibGio.G_IO_ERROR_FAILED, message));
        LibGObject.g_object_unref(task);
    }
}
