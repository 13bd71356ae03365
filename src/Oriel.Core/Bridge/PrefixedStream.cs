using Oriel.Engines;

namespace Oriel;

/// <summary>A stream with some bytes in front.</summary>
/// <remarks>WebKit delivers the head of a response with its first bytes, so a stream that has nothing yet would leave fetch() pending.</remarks>
internal sealed class PrefixedStream(byte[] prefix, Stream stream) : ReadOnlyStream
{
    private int _position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == prefix.Length)
        {
            return stream.ReadAsync(buffer, cancellationToken);
        }

        var count = Math.Min(buffer.Length, prefix.Length - _position);
        prefix.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return new ValueTask<int>(count);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
