using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Gallery.Files;

namespace Oriel.Gallery.Tests;

public sealed class SampleFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SampleFilesTests() => SampleFiles.CreateIn(_folder.Join("samples"));

    [Fact]
    public void There_is_a_file_of_each_kind_and_making_them_again_changes_nothing()
    {
        var before = ReadAll();

        SampleFiles.CreateIn(_folder.Join("samples"));

        Assert.Equal(["Gradient.png", "Notes.txt", "Read me.md", "Tone.wav"], before.Keys);
        Assert.Equal(before, ReadAll());
    }

    [Fact]
    public void The_picture_decodes_to_the_gradient()
    {
        var png = File.ReadAllBytes(_folder.Join("samples/Gradient.png"));

        Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'], png[..8]);
        var chunks = ReadChunks(png.AsSpan(8));
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal(0xAE426082, chunks[2].Crc);

        var width = BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data);
        var height = BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data.AsSpan(4));
        var rows = Inflate(chunks[1].Data);
        Assert.Equal((1 + (3 * width)) * height, rows.Length);
        Assert.Equal([0, 0, 0, 255], rows[..4]);
        Assert.Equal([255, 255, 0], rows[^3..]);
    }

    [Fact]
    public void The_sound_is_as_long_as_its_header_says()
    {
        var wave = File.ReadAllBytes(_folder.Join("samples/Tone.wav"));

        Assert.Equal("RIFF"u8, wave.AsSpan(0, 4));
        Assert.Equal(wave.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(wave.AsSpan(4)));
        Assert.Equal(wave.Length - 44, BinaryPrimitives.ReadInt32LittleEndian(wave.AsSpan(40)));
        Assert.Equal(22050, BinaryPrimitives.ReadInt32LittleEndian(wave.AsSpan(24)));
        Assert.Contains(wave[44..], value => value != 0);
    }

    public void Dispose() => _folder.Dispose();

    private SortedDictionary<string, byte[]> ReadAll() => new(
        Directory.EnumerateFiles(_folder.Join("samples")).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes),
        StringComparer.Ordinal);

    private static List<(string Type, byte[] Data, uint Crc)> ReadChunks(ReadOnlySpan<byte> png)
    {
        var chunks = new List<(string, byte[], uint)>();
        while (!png.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png);
            var crc = BinaryPrimitives.ReadUInt32BigEndian(png[(8 + length)..]);
            chunks.Add((Encoding.ASCII.GetString(png.Slice(4, 4)), png.Slice(8, length).ToArray(), crc));
            png = png[(12 + length)..];
        }

        return chunks;
    }

    private static byte[] Inflate(byte[] data)
    {
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        var rows = new MemoryStream();
        zlib.CopyTo(rows);
        return rows.ToArray();
    }
}
