using System.Runtime.InteropServices;

namespace Oriel.Ipc;

/// <summary>One direction of a shared memory: payloads lie in it in the order of their frames.</summary>
/// <remarks>
/// The producer alone knows where it writes; the consumer says in the memory how far it has read. What stands there is the peer's word
/// and is believed within bounds only. A payload never wraps: what does not fit before the end begins at the start.
/// </remarks>
internal sealed unsafe class SharedRing
{
    /// <summary>Bytes of a reference to a payload: where it begins, counted from the first ever, and how long it is.</summary>
    public const int ReferenceBytes = 12;

    // A payload begins on a cache line.
    private const int Alignment = 64;

    private readonly SharedMemory _memory;
    private readonly long* _consumed;
    private readonly int _start;
    private readonly int _size;
    private long _position;
    private long _before;

    public SharedRing(SharedMemory memory, long* consumed, int start, int size)
    {
        _memory = memory;
        _consumed = consumed;
        _start = start;
        _size = size;
    }

    /// <summary>Puts a payload in, if there is room.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="reference">Takes <see cref="ReferenceBytes"/> that tell the consumer where they are.</param>
    public bool TryWrite(ReadOnlySpan<byte> payload, Span<byte> reference)
    {
        var consumed = Volatile.Read(ref *_consumed);
        var begin = (_position + Alignment - 1) & ~(long)(Alignment - 1);
        if (_size - begin % _size < payload.Length)
        {
            begin += _size - begin % _size;
        }

        var end = begin + payload.Length;
        if (consumed < 0 || consumed > _position || payload.Length > _size || end - consumed > _size)
        {
            return false;
        }

        payload.CopyTo(_memory.GetSpan().Slice(_start + (int)(begin % _size), payload.Length));
        MemoryMarshal.Write(reference, begin);
        MemoryMarshal.Write(reference[sizeof(long)..], payload.Length);
        (_before, _position) = (_position, end);
        return true;
    }

    /// <summary>Takes the last payload out again, of which the consumer was not told.</summary>
    public void Undo() => _position = _before;

    /// <summary>Finds a payload by its reference; false when the reference lies.</summary>
    public bool TryRead(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> payload, out long end)
    {
        payload = default;
        end = 0;
        if (reference.Length != ReferenceBytes)
        {
            return false;
        }

        var begin = MemoryMarshal.Read<long>(reference);
        var length = MemoryMarshal.Read<int>(reference[sizeof(long)..]);
        if (length < 0 || length > _size || begin < _position || begin > long.MaxValue - (2L * _size) || begin - _position > _size || begin % _size + length > _size)
        {
            return false;
        }

        end = begin + length;
        payload = _memory.Memory.Slice(_start + (int)(begin % _size), length);
        return true;
    }

    /// <summary>Gives the producer the room back up to there.</summary>
    public void Release(long end)
    {
        _position = end;
        Volatile.Write(ref *_consumed, end);
    }
}
