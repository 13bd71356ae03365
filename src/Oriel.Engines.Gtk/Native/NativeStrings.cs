using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

/// <summary>A NULL-terminated array of UTF-8 strings.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly int _count;

    public NativeStrings(IReadOnlyList<string> strings)
    {
        _count = strings.Count;
        Pointer = (nint*)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(nint));

        for (var i = 0; i < _count; i++)
        {
            Pointer[i] = Marshal.StringToCoTaskMemUTF8(strings[i]);
        }
    }

    public nint* Pointer { get; }

    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
        {
            Marshal.FreeCoTaskMem(Pointer[i]);
        }

        NativeMemory.Free(Pointer);
    }
}
