using Gallery.Monitor;

namespace Oriel.Gallery.Tests;

public sealed class SystemTests : IDisposable
{
    private readonly Machine _machine = new();
    private readonly ManualTime _time = new();

    [Fact]
    public void Rates_are_those_of_the_time_that_the_clock_says_has_passed()
    {
        var reader = new SystemReader(_machine.Paths, _time);
        _machine.Write("self/net/dev", "eth0: 100 0 0 0 0 0 0 0 100 0\n");
        reader.Read();

        _time.Advance(seconds: 0.25);
        _machine.Write("self/net/dev", "eth0: 200 0 0 0 0 0 0 0 100 0\n");

        Assert.Equal(400, Assert.Single(reader.Read().Network).ReceiveRate);
    }

    [Fact]
    public void A_sample_carries_time_load_and_uptime()
    {
        _machine.Write("loadavg", "0.50 1.25 2.00 1/84 5719\n");
        _machine.Write("uptime", "760.30 1462.33\n");
        _time.Advance(seconds: 1.5);

        var sample = new SystemReader(_machine.Paths, _time).Read();

        Assert.Equal(ManualTime.Start.ToUnixTimeMilliseconds() + 1500, sample.Time);
        Assert.Equal([0.5, 1.25, 2], sample.Load);
        Assert.Equal(760.3, sample.Uptime);
    }

    [Fact]
    public void Two_samples_at_the_same_time_have_no_rates()
    {
        var reader = new SystemReader(_machine.Paths, _time);
        _machine.Write("self/net/dev", "eth0: 100 0 0 0 0 0 0 0 100 0\n");
        reader.Read();
        _machine.Write("self/net/dev", "eth0: 200 0 0 0 0 0 0 0 100 0\n");

        Assert.Equal(0, Assert.Single(reader.Read().Network).ReceiveRate);
    }

    [Fact]
    public void An_empty_proc_file_system_reads_as_an_idle_machine()
    {
        var sample = new SystemReader(_machine.Paths, _time).Read();

        Assert.Equal(new MemorySample(0, 0, 0, 0, 0, 0), sample.Memory);
        Assert.Empty(sample.Disks);
        Assert.Equal([0, 0, 0], sample.Load);
    }

    [Fact]
    public void The_machine_is_described_by_its_files()
    {
        _machine.Write("stat", "cpu  1 0 0 1\ncpu0 1 0 0 1\ncpu1 0 0 0 0\nctxt 5\nbtime 1735689600\n");
        _machine.Write("meminfo", "MemTotal: 2048 kB\n");
        _machine.Write("cpuinfo", "processor\t: 0\nmodel name\t: Pentium 200: MMX\n\nprocessor\t: 1\nmodel name\t: other\n");
        _machine.Write("sys/kernel/osrelease", "6.1.0-test\n");
        _machine.Write("etc/os-release", "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 13\"\n");

        var info = new SystemInfoReader(_machine.Paths).Read("a web view");

        Assert.Equal(
            ("Debian GNU/Linux 13", "6.1.0-test", "Pentium 200: MMX", 2, 2048 * 1024, "a web view"),
            (info.Os, info.Kernel, info.CpuModel, info.Cores, info.MemoryTotal, info.Engine));
        Assert.Equal(ManualTime.Start, info.BootTime);
    }

    [Fact]
    public void A_processor_without_a_model_is_described_by_its_architecture()
    {
        _machine.Write("cpuinfo", "processor\t: 0\nBogoMIPS\t: 108.00\n");

        Assert.NotEmpty(new SystemInfoReader(_machine.Paths).Read("").CpuModel);
    }

    public void Dispose() => _machine.Dispose();
}
