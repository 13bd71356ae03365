using System.Buffers;

namespace Oriel.Engines.Gtk.Native;

/// <summary>Native memory as <see cref="Memory{T}"/>, for as long as its owner says.</summary>
internal sealed unsafe class NativeMemoryView(byte* data, int length) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new(data, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(data + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
