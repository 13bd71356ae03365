namespace Oriel.Ipc.Tests;

/// <summary>What the buffer of incoming messages costs.</summary>
[Collection(CountedResources.Name)]
public sealed class FrameReaderTests
{
    private const int Kept = 256 * 1024;

    // Twice the size of the largest message was held until the next small one came: for ever, on a channel that fell silent.
    [Fact]
    public void After_one_large_message_its_memory_is_given_back_at_once()
    {
        using var reader = new FrameReader(IpcLimits.Default);
        Feed(reader, Event(100));
        Feed(reader, Event(5_000_000));

        var after = reader.Free.Length;

        Assert.InRange(after, 1, Kept);
    }

    [Fact]
    public void Between_large_messages_their_memory_is_kept()
    {
        using var reader = new FrameReader(IpcLimits.Default);
        Feed(reader, Event(5_000_000));
        Feed(reader, Event(5_000_000));

        var between = reader.Free.Length;
        Feed(reader, Event(100));
        var after = reader.Free.Length;

        Assert.InRange(between, 5_000_000, int.MaxValue);
        Assert.InRange(after, 1, Kept);
    }

    private static byte[] Event(int size) => Envelope.Utf8($"{{\"type\":\"event\",\"event\":\"e\",\"data\":\"{new string('x', size)}\"}}\n");

    private static void Feed(FrameReader reader, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var free = reader.Free;
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            reader.Advance(count);
            bytes = bytes[count..];
        }

        Assert.Equal(FrameResult.Message, reader.TryRead(out _, out _, out _));
    }
}
