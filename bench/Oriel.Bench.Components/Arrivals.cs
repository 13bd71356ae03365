using System.Diagnostics;

namespace Oriel.Bench.Components;

/// <summary>When what a page sends arrives. The next comes when the page has changed for the one before: between two lies a whole round.</summary>
public sealed class Arrivals(int count)
{
    private readonly long[] _times = new long[count];
    private int _count;

    /// <summary>Notes that something has arrived.</summary>
    public void Add()
    {
        if (_count < _times.Length)
        {
            _times[_count] = Stopwatch.GetTimestamp();
        }

        _count++;
    }

    /// <summary>The times between the last of them, as a share of each: 0.5 for the median.</summary>
    /// <exception cref="InvalidOperationException">Others have arrived than the page was to send.</exception>
    public double[] Microseconds(int last, params ReadOnlySpan<double> shares)
    {
        if (_count != _times.Length)
        {
            throw new InvalidOperationException($"{_count} have arrived, and {_times.Length} were to.");
        }

        double[] times = [.. Enumerable.Range(count - last, last).Select(i => Stopwatch.GetElapsedTime(_times[i - 1], _times[i]).TotalMicroseconds).Order()];
        var found = new double[shares.Length];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = times[(int)(times.Length * shares[i])];
        }

        return found;
    }
}
