using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

/// <summary>A NULL-terminated array of UTF-8 strings.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly int _count;

    public NativeStrings(IEnumerable<string> strings)
    {
        nint[] texts = [.. strings.Select(Marshal.StringToCoTaskMemUTF8)];
        _count = texts.Length;
        Pointer = (nint*)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(nint));
        texts.CopyTo(new Span<nint>(Pointer, _count));
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
