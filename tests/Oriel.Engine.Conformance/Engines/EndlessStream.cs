using Oriel.Engines;

namespace Oriel.Engine.Conformance;

/// <summary>Zeros without an end, until somebody disposes it.</summary>
internal sealed class EndlessStream : ReadOnlyStream
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytesRead;

    public Task Disposed => _disposed.Task;

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Math.Min(buffer.Length, 100_000);
        buffer.Span[..count].Clear();
        Interlocked.Add(ref _bytesRead, count);
        return new ValueTask<int>(count);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _disposed.TrySetResult();
        base.Dispose(disposing);
    }
}
