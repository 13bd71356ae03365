using Gallery.Monitor;

namespace Oriel.Gallery.Tests;

public sealed class MemoryTests : IDisposable
{
    private readonly Machine _machine = new();

    [Fact]
    public void Amounts_are_in_bytes_and_what_is_used_is_what_is_not_available()
    {
        _machine.Write(
            "meminfo",
            "MemTotal:  1000 kB\nMemFree:  300 kB\nMemAvailable:  600 kB\nBuffers:  50 kB\nCached:  200 kB\nSwapCached:  7 kB\n"
            + "SwapTotal:  100 kB\nSwapFree:  60 kB\nSReclaimable:  30 kB\n");

        var sample = new MemoryReader(_machine.Paths).Read();

        Assert.Equal(new MemorySample(1000 * 1024, 400 * 1024, 600 * 1024, 280 * 1024, 100 * 1024, 40 * 1024), sample);
    }

    [Fact]
    public void Without_a_figure_for_available_memory_it_is_what_is_free_or_cached()
    {
        _machine.Write("meminfo", "MemTotal:  1000 kB\nMemFree:  300 kB\nBuffers:  50 kB\nCached:  200 kB\n");

        var sample = new MemoryReader(_machine.Paths).Read();

        Assert.Equal(550 * 1024, sample.Available);
        Assert.Equal(450 * 1024, sample.Used);
    }

    public void Dispose() => _machine.Dispose();
}
