using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oriel.Engines.Gtk.Native;

namespace Oriel.Engines.Gtk;

/// <summary>A GInputStream whose bytes come from C#: the body of a response.</summary>
/// <remarks>
/// WebKit reads 8 KB at a time, on the UI thread; a read that finds nothing stays pending, with no thread behind it. A
/// GObject class of its own, registered once: GLib's default would call <c>read_fn</c> on a thread of its pool.
/// </remarks>
internal static unsafe class BodyStream
{
    // GObjectClass and GInputStreamClass on 64 bits (gobject.h, ginputstream.h).
    private const int FinalizeSlot = 48;
    private const int ReadSlot = 136;
    private const int ReadAsyncSlot = 160;
    private const int ReadFinishSlot = 168;
    private const int CloseAsyncSlot = 192;
    private const int CloseFinishSlot = 200;

    private static nuint _type;
    private static uint _handleOffset;
    private static delegate* unmanaged[Cdecl]<nint, void> _parentFinalize;

    /// <summary>Makes the native stream of a body; the caller owns a reference.</summary>
    public static nint Create(BodyReader reader)
    {
        if (_type == 0)
        {
            Register();
        }

        var stream = LibGObject.g_object_new_with_properties(_type, 0, null, null);
        *(nint*)(stream + (nint)_handleOffset) = GCHandle.ToIntPtr(GCHandle.Alloc(reader));
        return stream;
    }

    private static void Register()
    {
        var parent = LibGio.g_input_stream_get_type();
        LibGObject.GTypeQuery query;
        LibGObject.g_type_query(parent, &query);

        // The handle stands behind what GInputStream needs.
        _handleOffset = query.InstanceSize;
        _type = LibGObject.g_type_register_static_simple(parent, "OrielBodyStream", query.ClassSize, &InitClass, query.InstanceSize + (uint)sizeof(nint), 0, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void InitClass(nint type, nint data)
    {
        _parentFinalize = *(delegate* unmanaged[Cdecl]<nint, void>*)(LibGObject.g_type_class_peek_parent(type) + FinalizeSlot);
        *(delegate* unmanaged[Cdecl]<nint, void>*)(type + FinalizeSlot) = &Finalize;
        *(delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, nint, nint>*)(type + ReadSlot) = &Read;
        *(delegate* unmanaged[Cdecl]<nint, nint, nuint, int, nint, nint, nint, void>*)(type + ReadAsyncSlot) = &ReadAsync;
        *(delegate* unmanaged[Cdecl]<nint, nint, LibGLib.GError**, nint>*)(type + ReadFinishSlot) = &ReadFinish;
        *(delegate* unmanaged[Cdecl]<nint, int, nint, nint, nint, void>*)(type + CloseAsyncSlot) = &CloseAsync;
        *(delegate* unmanaged[Cdecl]<nint, nint, LibGLib.GError**, int>*)(type + CloseFinishSlot) = &CloseFinish;
    }

    private static BodyReader ReaderOf(nint stream) => Signal.Target<BodyReader>(*(nint*)(stream + (nint)_handleOffset));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Finalize(nint stream)
    {
        try
        {
            Signal.Take<BodyReader>(*(nint*)(stream + (nint)_handleOffset)).Dispose();
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }

        _parentFinalize(stream);
    }

    // Nobody reads such a stream synchronously; a slot of NULL would crash who tried.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Read(nint stream, nint buffer, nuint count, nint cancellable, nint error) => -1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReadAsync(nint stream, nint buffer, nuint count, int priority, nint cancellable, nint callback, nint data)
    {
        var task = LibGio.g_task_new(stream, cancellable, callback, data);
        LibGio.g_task_set_priority(task, priority);

        try
        {
            ReaderOf(stream).Read(new PendingRead(task, cancellable, buffer, (int)Math.Min(count, int.MaxValue)));
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
            PendingRead.Fail(task, "The body could not be read.");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint ReadFinish(nint stream, nint result, LibGLib.GError** error) => LibGio.g_task_propagate_int(result, error);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void CloseAsync(nint stream, int priority, nint cancellable, nint callback, nint data)
    {
        var task = LibGio.g_task_new(stream, 0, callback, data);
        try
        {
            ReaderOf(stream).Dispose();
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }

        LibGio.g_task_return_boolean(task, 1);
        LibGObject.g_object_unref(task);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CloseFinish(nint stream, nint result, LibGLib.GError** error) => LibGio.g_task_propagate_boolean(result, error);
}
