using System.Numerics;

namespace Oriel.Ipc;

/// <summary>How long something took, counted in buckets that grow with their value.</summary>
/// <remarks>
/// Lock-free. Each power of two has 16 buckets, so a percentile is at most 1/32 off; the maximum is exact, the mean as exact as the clock.
/// </remarks>
internal sealed class LatencyHistogram
{
    private const int SubBits = 4;
    private const int SubBuckets = 1 << SubBits;

    // 2^36 ticks are nearly two hours; what takes longer counts as that.
    private const int MaxBits = 36;
    private const int Buckets = (MaxBits - SubBits + 1) * SubBuckets;

    private readonly long[] _counts = new long[Buckets];
    private long _sum;
    private long _max;

    public void Record(TimeSpan latency)
    {
        var ticks = Math.Max(0, latency.Ticks);
        Interlocked.Increment(ref _counts[BucketOf(ticks)]);
        Interlocked.Add(ref _sum, ticks);
        AtomicMax.Raise(ref _max, ticks);
    }

    /// <summary>What was recorded so far.</summary>
    public IpcLatency Summarize()
    {
        var counts = new long[Buckets];
        long total = 0;
        for (var i = 0; i < Buckets; i++)
        {
            total += counts[i] = Volatile.Read(ref _counts[i]);
        }

        if (total == 0)
        {
            return default;
        }

        var max = Volatile.Read(ref _max);
        return new IpcLatency(
            total,
            TimeSpan.FromTicks(Volatile.Read(ref _sum) / total),
            Percentile(counts, total, max, 50),
            Percentile(counts, total, max, 90),
            Percentile(counts, total, max, 99),
            TimeSpan.FromTicks(max));
    }

    // The smallest value that so many percent of all do not exceed.
    private static TimeSpan Percentile(long[] counts, long total, long max, int percent)
    {
        var rank = (total * percent + 99) / 100;
        var bucket = 0;
        for (var seen = counts[0]; seen < rank; seen += counts[bucket])
        {
            bucket++;
        }

        return TimeSpan.FromTicks(Math.Min(MiddleOf(bucket), max));
    }

    // Below 16 a bucket a value; from there on the highest bit, and the four bits that follow it.
    private static int BucketOf(long ticks)
    {
        if (ticks < SubBuckets)
        {
            return (int)ticks;
        }

        var shift = BitOperations.Log2((ulong)ticks) - SubBits;
        return shift >= MaxBits - SubBits ? Buckets - 1 : shift * SubBuckets + (int)(ticks >> shift);
    }

    private static long MiddleOf(int bucket)
    {
        if (bucket < 2 * SubBuckets)
        {
            return bucket;
        }

        var shift = bucket / SubBuckets - 1;
        var lowest = (long)(SubBuckets + bucket % SubBuckets) << shift;
        return lowest + (1L << shift) / 2;
    }
}
