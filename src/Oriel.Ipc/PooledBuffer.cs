using System.Buffers;

namespace Oriel.Ipc;

/// <summary>A growing buffer whose memory is rented.</summary>
/// <remarks>Not thread-safe. Disposing returns the memory; nothing that was read from it may be used afterwards.</remarks>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialSize = 256;

    private byte[] _buffer = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, Length);

    public Span<byte> WritableSpan => _buffer.AsSpan(0, Length);

    public static PooledBuffer CopyOf(ReadOnlySpan<byte> bytes)
    {
        var buffer = new PooledBuffer();
        buffer.Write(bytes);
        return buffer;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - Length);
        Length += count;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        EnsureFree(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _buffer.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _buffer.AsSpan(Length);
    }

    /// <summary>Forgets what was written after a length.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length);
        Length = length;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        Length = 0;

        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void EnsureFree(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (_buffer.Length - Length >= needed)
        {
            return;
        }

        var size = Math.Max(Math.Max(_buffer.Length * 2L, InitialSize), (long)Length + needed);
        var larger = ArrayPool<byte>.Shared.Rent(checked((int)Math.Min(size, Array.MaxLength)));
        _buffer.AsSpan(0, Length).CopyTo(larger);

        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
