using Gallery.Monitor;

namespace Oriel.Gallery.Tests;

public sealed class CpuTests : IDisposable
{
    private readonly Machine _machine = new();

    [Fact]
    public void A_first_sample_has_cores_but_no_load()
    {
        _machine.Write("stat", "cpu  50 0 50 100 0 0 0 0 0 0\ncpu0 25 0 25 50 0 0 0 0 0 0\ncpu1 25 0 25 50 0 0 0 0 0 0\nintr 5\n");

        var sample = new CpuReader(_machine.Paths).Read();

        Assert.Equal(0, sample.Total);
        Assert.Equal([0, 0], sample.Cores);
    }

    [Fact]
    public void The_load_is_the_share_of_time_that_was_not_idle_since_the_sample_before()
    {
        var reader = new CpuReader(_machine.Paths);
        _machine.Write("stat", "cpu  100 0 0 100 0 0 0 0 0 0\ncpu0 100 0 0 0 0 0 0 0 0 0\ncpu1 0 0 0 100 0 0 0 0 0 0\n");
        reader.Read();

        _machine.Write("stat", "cpu  140 5 5 200 50 0 0 0 0 0\ncpu0 140 5 5 50 0 0 0 0 0 0\ncpu1 0 0 0 150 50 0 0 0 0 0\n");
        var sample = reader.Read();

        Assert.Equal(0.25, sample.Total);
        Assert.Equal([0.5, 0], sample.Cores);
    }

    [Fact]
    public void Time_of_guests_is_not_counted_twice()
    {
        var reader = new CpuReader(_machine.Paths);
        _machine.Write("stat", "cpu  100 0 0 100 0 0 0 0 0 0\n");
        reader.Read();

        _machine.Write("stat", "cpu  150 0 0 150 0 0 0 0 50 0\n");

        Assert.Equal(0.5, reader.Read().Total);
    }

    [Fact]
    public void Counters_that_go_back_are_no_load()
    {
        var reader = new CpuReader(_machine.Paths);
        _machine.Write("stat", "cpu  1000 0 0 1000 0 0 0 0 0 0\n");
        reader.Read();

        _machine.Write("stat", "cpu  10 0 0 10 0 0 0 0 0 0\n");

        Assert.Equal(0, reader.Read().Total);
    }

    [Fact]
    public void A_core_that_goes_offline_does_not_change_the_load_of_the_others()
    {
        var reader = new CpuReader(_machine.Paths);
        _machine.Write("stat", "cpu  0 0 0 300 0 0 0\ncpu0 0 0 0 100 0 0 0\ncpu1 0 0 0 100 0 0 0\ncpu2 0 0 0 100 0 0 0\n");
        reader.Read();

        _machine.Write("stat", "cpu  75 0 0 325 0 0 0\ncpu0 0 0 0 200 0 0 0\ncpu2 75 0 0 125 0 0 0\n");

        Assert.Equal([0, 0.75], reader.Read().Cores);
    }

    [Fact]
    public void A_missing_file_reads_as_no_cores()
    {
        var sample = new CpuReader(_machine.Paths).Read();

        Assert.Equal(0, sample.Total);
        Assert.Empty(sample.Cores);
    }

    public void Dispose() => _machine.Dispose();
}
