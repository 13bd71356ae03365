using System.Text;

namespace Oriel.Processes.Tests;

public sealed class LineReaderTests
{
    [Fact]
    public async Task Lines_are_told_apart_however_they_arrive()
    {
        Assert.Equal(["one", "two", "three"], await ReadAsync("one\ntwo\r\n\n\nthree"u8.ToArray(), chunk: 1));
        Assert.Equal(["one", "two", "three"], await ReadAsync("one\ntwo\r\n\n\nthree"u8.ToArray(), chunk: 4096));
    }

    [Fact]
    public async Task A_long_line_is_cut_and_the_next_one_is_whole()
    {
        var lines = await ReadAsync(Encoding.UTF8.GetBytes(new string('x', 1_000_000) + "\nnext\n"), chunk: 4096);

        Assert.Equal([new string('x', LineReader.MaxLineBytes) + " [cut]", "next"], lines);
    }

    [Fact]
    public async Task What_is_not_text_is_replaced() =>
        Assert.Equal(["a\uFFFDb\uFFFD[31mc\td"], await ReadAsync([(byte)'a', 0xFF, (byte)'b', 0x1B, .. "[31mc\td\n"u8], chunk: 3));

    private static async Task<List<string>> ReadAsync(byte[] bytes, int chunk)
    {
        var lines = new List<string>();
        await LineReader.ReadAsync(new ChunkStream(bytes, chunk), lines.Add);
        return lines;
    }

    private sealed class ChunkStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
