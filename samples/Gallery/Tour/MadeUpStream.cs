namespace Gallery.Tour;

/// <summary>Bytes that nothing holds: each is made when it is read.</summary>
/// <param name="length">How many there are.</param>
internal sealed class MadeUpStream(long length) : Stream
{
    private static readonly byte[] Pattern = MakePattern();

    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Math.Max(0, length - _position));
        for (var done = 0; done < count;)
        {
            var from = (int)(_position % Pattern.Length);
            var part = Math.Min(count - done, Pattern.Length - from);
            Pattern.AsSpan(from, part).CopyTo(buffer[done..]);
            done += part;
            _position += part;
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new ValueTask<int>(Read(buffer.Span));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] MakePattern()
    {
        var pattern = new byte[64 * 1024];
        new Random(1).NextBytes(pattern);
        return pattern;
    }
}
