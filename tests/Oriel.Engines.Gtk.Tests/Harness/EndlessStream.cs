namespace Oriel.Engines.Gtk.Tests;

/// <summary>Gives one byte and then nothing, for ever; counts how many are open.</summary>
internal sealed class EndlessStream : Stream
{
    private static int _open;
    private bool _hasBegun;
    private bool _isDisposed;

    public EndlessStream() => Interlocked.Increment(ref _open);

    public static int Open => Volatile.Read(ref _open);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_hasBegun)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        _hasBegun = true;
        buffer.Span[0] = (byte)' ';
        return 1;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Interlocked.Decrement(ref _open);
        }

        base.Dispose(disposing);
    }
}
