using Oriel.Engines;

namespace Oriel.Components.Interop;

/// <summary>A stream that is read asynchronously, from its beginning to its end.</summary>
internal abstract class AsyncReadOnlyStream : ReadOnlyStream
{
    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("What comes from a page is read with ReadAsync: nothing may block the thread that it would come on.");

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
