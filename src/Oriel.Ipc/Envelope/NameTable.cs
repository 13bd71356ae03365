using System.Text;

namespace Oriel.Ipc;

/// <summary>Turns the UTF-8 names of methods and events into strings, without allocating for those seen lately.</summary>
/// <remarks>Thread-safe and bounded: a slot holds the last name that fell into it, so that a hostile peer can fill no memory.</remarks>
internal sealed class NameTable
{
    private const int Slots = 256;

    private readonly Entry?[] _entries = new Entry?[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var slot = ref _entries[(uint)hash.ToHashCode() % Slots];

        var entry = Volatile.Read(ref slot);
        if (entry is not null && utf8.SequenceEqual(entry.Utf8))
        {
            return entry.Name;
        }

        entry = new Entry(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        Volatile.Write(ref slot, entry);
        return entry.Name;
    }

    private sealed record Entry(byte[] Utf8, string Name);
}
