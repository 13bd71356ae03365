namespace Gallery.Monitor;

/// <summary>Reads how the memory is used.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class MemoryReader(MonitorPaths paths)
{
    private readonly string _path = Path.Join(paths.Proc, "meminfo");
    private readonly ProcFile _file = new();

    /// <summary>Reads the use of the memory now.</summary>
    public MemorySample Read()
    {
        long total = 0, free = 0, cached = 0, swapTotal = 0, swapFree = 0;
        long? available = null;
        var text = _file.Read(_path);

        foreach (var range in text.Split((byte)'\n'))
        {
            var fields = new Fields(text[range]);
            var name = fields.Next();
            var bytes = (long)fields.NextNumber() * 1024;

            if (name.SequenceEqual("MemTotal:"u8))
            {
                total = bytes;
            }
            else if (name.SequenceEqual("MemFree:"u8))
            {
                free = bytes;
            }
            else if (name.SequenceEqual("MemAvailable:"u8))
            {
                available = bytes;
            }
            else if (name.SequenceEqual("Buffers:"u8) || name.SequenceEqual("Cached:"u8) || name.SequenceEqual("SReclaimable:"u8))
            {
                cached += bytes;
            }
            else if (name.SequenceEqual("SwapTotal:"u8))
            {
                swapTotal = bytes;
            }
            else if (name.SequenceEqual("SwapFree:"u8))
            {
                swapFree = bytes;
            }
        }

        // Some containers hide MemAvailable.
        var usable = Math.Min(available ?? free + cached, total);
        return new MemorySample(total, total - usable, usable, cached, swapTotal, swapTotal - Math.Min(swapFree, swapTotal));
    }
}
