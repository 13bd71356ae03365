namespace Oriel.Components.Interop;

/// <summary>What a page fetches: reads a stream that somebody else owns, and tells when it is done.</summary>
internal sealed class FetchedStream(Stream content, Action end) : AsyncReadOnlyStream
{
    public override int Read(byte[] buffer, int offset, int count) => content.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        content.ReadAsync(buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            end();
        }

        base.Dispose(disposing);
    }
}
