namespace Oriel.Ipc.Tests;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, 5_000)]
    [InlineData(3, 100_000_000)]
    [InlineData(4, 60_000_000_000)]
    public void Percentiles_are_close_to_those_of_the_sorted_samples(int seed, long scale)
    {
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        var samples = new long[10_001];
        for (var i = 0; i < samples.Length; i++)
        {
            // Most are short and few are very long, as latencies are.
            samples[i] = (long)(scale * Math.Pow(random.NextDouble(), 4));
            histogram.Record(TimeSpan.FromTicks(samples[i]));
        }

        Array.Sort(samples);
        var latency = histogram.Summarize();

        AssertClose(50, latency.P50);
        AssertClose(90, latency.P90);
        AssertClose(99, latency.P99);
        Assert.Equal(samples[^1], latency.Max.Ticks);
        Assert.Equal((long)samples.Average(), latency.Mean.Ticks);
        Assert.Equal(samples.Length, latency.Count);

        void AssertClose(int percent, TimeSpan found)
        {
            var exact = samples[(samples.Length * percent + 99) / 100 - 1];
            Assert.InRange(found.Ticks, exact * 0.95, exact * 1.05);
        }
    }

    [Fact]
    public void Every_value_is_at_most_a_thirty_second_off()
    {
        for (var value = 1L; value < 1L << 36; value += Math.Max(1, value / 57))
        {
            var histogram = new LatencyHistogram();
            histogram.Record(TimeSpan.FromTicks(value));
            histogram.Record(TimeSpan.FromDays(1));

            Assert.InRange(histogram.Summarize().P50.Ticks, value * (1 - 1 / 32.0), value * (1 + 1 / 32.0));
        }
    }

    [Fact]
    public void What_takes_longer_than_can_be_counted_still_counts()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.MaxValue);
        histogram.Record(TimeSpan.FromTicks(-5));

        var latency = histogram.Summarize();

        Assert.Equal(2, latency.Count);
        Assert.Equal(TimeSpan.MaxValue, latency.Max);
        Assert.Equal(TimeSpan.Zero, latency.P50);
        Assert.True(latency.P99 > TimeSpan.FromHours(1));
    }

    [Fact]
    public void Nothing_recorded_is_nothing() => Assert.Equal(default, new LatencyHistogram().Summarize());

    [Fact]
    public void Threads_that_record_at_once_lose_nothing()
    {
        var histogram = new LatencyHistogram();
        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                histogram.Record(TimeSpan.FromTicks(thread * 10_000 + i));
            }
        });

        var latency = histogram.Summarize();

        Assert.Equal((40_000, 39_999), (latency.Count, latency.Max.Ticks));
    }
}
