using Oriel.Engines;

namespace Oriel.Protocols;

/// <summary>A part of a seekable stream, which it owns.</summary>
internal sealed class StreamSlice : ReadOnlyStream
{
    private readonly Stream _stream;
    private long _left;

    public StreamSlice(Stream stream, long first, long count)
    {
        _stream = stream;
        _stream.Position = first;
        _left = count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(_stream.Read(buffer, offset, (int)Math.Min(count, _left)));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await _stream.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken).ConfigureAwait(false));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _left -= read;
        return read;
    }
}
