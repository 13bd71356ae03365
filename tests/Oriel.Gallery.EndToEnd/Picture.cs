using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Gallery.EndToEnd;

/// <summary>A picture as the engine's snapshots are: PNG of eight bits a sample, not interlaced.</summary>
internal sealed class Picture(int width, int height, int sampleCount, byte[] samples)
{
    public int Width => width;

    public int Height => height;

    /// <summary>The colour at a place, as 0xRRGGBB.</summary>
    public int this[int x, int y]
    {
        get
        {
            var at = ((y * width) + x) * sampleCount;
            return (samples[at] << 16) | (samples[at + 1] << 8) | samples[at + 2];
        }
    }

    /// <summary>How many colours it has.</summary>
    public int CountColors()
    {
        var colors = new HashSet<int>();
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                colors.Add(this[x, y]);
            }
        }

        return colors.Count;
    }

    public static Picture FromPng(ReadOnlySpan<byte> png)
    {
        var width = 0;
        var height = 0;
        var sampleCount = 0;
        var data = new MemoryStream();

        // A chunk has a length, a type, its data and a checksum.
        for (var rest = png[8..]; rest.Length > 0;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            var content = rest.Slice(8, length);

            switch (Encoding.ASCII.GetString(rest.Slice(4, 4)))
            {
                case "IHDR":
                    width = BinaryPrimitives.ReadInt32BigEndian(content);
                    height = BinaryPrimitives.ReadInt32BigEndian(content[4..]);
                    sampleCount = content[9] == 6 ? 4 : 3;
                    break;
                case "IDAT":
                    data.Write(content);
                    break;
            }

            rest = rest[(length + 12)..];
        }

        data.Position = 0;
        return new Picture(width, height, sampleCount, Unfilter(data, width * sampleCount, height, sampleCount));
    }

    // PNG (ISO/IEC 15948), section 9: every row tells its differences from what is left of it, above, or both.
    private static byte[] Unfilter(Stream data, int stride, int height, int sampleCount)
    {
        using var rows = new ZLibStream(data, CompressionMode.Decompress);
        var samples = new byte[stride * height];

        for (var y = 0; y < height; y++)
        {
            var filter = rows.ReadByte();
            rows.ReadExactly(samples, y * stride, stride);

            for (var x = 0; x < stride; x++)
            {
                var at = (y * stride) + x;
                var left = x >= sampleCount ? samples[at - sampleCount] : 0;
                var above = y > 0 ? samples[at - stride] : 0;
                var corner = x >= sampleCount && y > 0 ? samples[at - stride - sampleCount] : 0;

                samples[at] += (byte)(filter switch
                {
                    1 => left,
                    2 => above,
                    3 => (left + above) / 2,
                    4 => Paeth(left, above, corner),
                    _ => 0,
                });
            }
        }

        return samples;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var estimate = left + above - corner;
        var (a, b, c) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }
}
