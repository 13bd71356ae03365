using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

/// <summary>Connects signals of GObjects to static callbacks with a managed target.</summary>
internal static unsafe class Signal
{
    /// <summary>Connects a signal; the target is held until the object, or the connection, is gone.</summary>
    public static void Connect(nint instance, string signal, nint callback, object target) =>
        LibGObject.g_signal_connect_data(instance, signal, callback, GCHandle.ToIntPtr(GCHandle.Alloc(target)), &Free, 0);

    /// <summary>The target of a connection.</summary>
    public static T Target<T>(nint data)
        where T : class => (T)GCHandle.FromIntPtr(data).Target!;

    /// <summary>The target of a callback that is called once.</summary>
    public static T Take<T>(nint data)
        where T : class
    {
        var handle = GCHandle.FromIntPtr(data);
        var target = (T)handle.Target!;
        handle.Free();
        return target;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint data, nint closure) => GCHandle.FromIntPtr(data).Free();
}
