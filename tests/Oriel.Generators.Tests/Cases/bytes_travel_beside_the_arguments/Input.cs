using System.IO.Pipelines;
using Oriel;

[Commands]
public sealed class Images
{
    [Command(ContentType = "image/png")]
    public Task<Stream> Thumbnail(Guid id, int size) => Task.FromResult<Stream>(new MemoryStream(size));

    [Command]
    public byte[] Invert(byte[] pixels, ReadOnlyMemory<byte> mask) => pixels;

    [Command]
    public async Task<long> Measure(Stream body, PipeReader other)
    {
        await Task.Yield();
        return body.Length;
    }

    [Command]
    public async Task<int> Record(IAsyncEnumerable<int> values, byte[] cover)
    {
        await Task.Yield();
        return cover.Length;
    }

    [Command]
    public Picture? Crop(Picture picture) => picture;
}

public sealed record Picture(string Name, byte[] Pixels);
