using Gallery.Monitor;

namespace Oriel.Gallery.Tests;

public sealed class NetworkTests : IDisposable
{
    private static readonly TimeSpan TwoSeconds = TimeSpan.FromSeconds(2);

    private readonly Machine _machine = new();

    [Fact]
    public void Bytes_received_and_sent_become_rates()
    {
        var reader = new NetworkReader(_machine.Paths);
        WriteTraffic(("eth0", 1000, 500));
        reader.Read(TimeSpan.Zero);

        WriteTraffic(("eth0", 3000, 600));

        Assert.Equal([new NetworkSample("eth0", 1000, 50, 3000, 600)], reader.Read(TwoSeconds));
    }

    [Fact]
    public void An_interface_that_never_carried_anything_is_left_out()
    {
        WriteTraffic(("lo", 10, 10), ("ifb0", 0, 0), ("eth0", 20, 0));

        var samples = new NetworkReader(_machine.Paths).Read(TimeSpan.Zero);

        Assert.Equal(["lo", "eth0"], samples.Select(sample => sample.Name));
    }

    [Fact]
    public void Counters_that_begin_anew_are_no_traffic()
    {
        var reader = new NetworkReader(_machine.Paths);
        WriteTraffic(("eth0", ulong.MaxValue - 10, 500));
        reader.Read(TimeSpan.Zero);

        WriteTraffic(("eth0", 40, 20));
        var sample = Assert.Single(reader.Read(TwoSeconds));

        Assert.Equal((0, 0), (sample.ReceiveRate, sample.SendRate));
    }

    [Fact]
    public void An_interface_that_appears_has_no_rate_yet()
    {
        var reader = new NetworkReader(_machine.Paths);
        WriteTraffic(("lo", 10, 10));
        reader.Read(TimeSpan.Zero);

        WriteTraffic(("lo", 10, 10), ("wg0", 5000, 5000));

        Assert.Equal([0, 0], reader.Read(TwoSeconds).Select(sample => sample.ReceiveRate));
    }

    [Fact]
    public void A_name_without_a_blank_before_its_numbers_is_understood()
    {
        _machine.Write("self/net/dev", "Inter-|\n face |\neth0:1:12 1 0 0 0 0 0 0 34 1 0 0 0 0 0 0\n");

        var sample = Assert.Single(new NetworkReader(_machine.Paths).Read(TimeSpan.Zero));

        Assert.Equal(("eth0:1", 12ul, 34ul), (sample.Name, sample.Received, sample.Sent));
    }

    public void Dispose() => _machine.Dispose();

    private void WriteTraffic(params (string Name, ulong Received, ulong Sent)[] interfaces)
    {
        var lines = interfaces.Select(item => $"{item.Name,6}: {item.Received} 1 0 0 0 0 0 0 {item.Sent} 1 0 0 0 0 0 0\n");
        _machine.Write("self/net/dev", "Inter-| Receive | Transmit\n face |bytes packets|bytes packets\n" + string.Concat(lines));
    }
}
