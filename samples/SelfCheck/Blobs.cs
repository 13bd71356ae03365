using System.IO.Pipelines;
using Oriel;

namespace SelfCheck;

/// <summary>Commands with bytes, small and as streams, in both directions.</summary>
[Commands]
internal sealed class Blobs
{
    /// <summary>Gives back the bytes in the other order.</summary>
    [Command(ContentType = "image/png")]
    public byte[] Reverse(byte[] content)
    {
        Array.Reverse(content);
        return content;
    }

    /// <summary>Gives a stream of so many bytes.</summary>
    [Command]
    public Task<Stream> ReadAsync(int length) => Task.FromResult<Stream>(new MemoryStream(new byte[length]));

    /// <summary>Counts the bytes of two streams.</summary>
    [Command]
    public async Task<long> MeasureAsync(Stream first, PipeReader second, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        await first.CopyToAsync(all, cancellationToken);
        await second.CopyToAsync(all, cancellationToken);
        return all.Length;
    }
}
