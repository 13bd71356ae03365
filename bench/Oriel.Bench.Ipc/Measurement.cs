using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace Oriel.Bench.Ipc;

/// <summary>Runs the tasks as the floor does (bench/floor/measure.h), and prints the same line.</summary>
internal sealed class Measurement(ISubject subject, TimeSpan warmUp, TimeSpan time)
{
    private const int RequestSize = 100;
    private const int FewestSamples = 20;
    private const int MostSamples = 1_000_000;

    // The JIT compiles a hot method again in the background, 0.1 s after the last new one, and twice where it first looks how the method
    // is used. On a core that the measurement keeps busy a profile still showed unoptimized code after 3 s.
    private const int QuietSlices = 3;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(6);

    /// <param name="tasks">With commas: <c>rtt:SIZE</c>, <c>sink:SIZE</c>, <c>requests:IN_FLIGHT</c>, <c>oneway:SIZE</c>.</param>
    public async Task<string> RunAsync(string tasks)
    {
        var results = new List<string>();
        foreach (var task in tasks.Split(','))
        {
            var parts = task.Split(':');
            var value = int.Parse(parts[1], CultureInfo.InvariantCulture);
            var result = parts[0] switch
            {
                "rtt" => await MeasureTripsAsync(() => subject.RoundTripAsync(value)),
                "sink" => await MeasureTripsAsync(() => subject.SinkAsync(value)),
                "requests" => await MeasureRateAsync(limit => RequestAsync(value, limit)),
                "oneway" => await MeasureRateAsync(limit => SendAsync(value, limit)),
                _ => throw new ArgumentException($"No such task: {task}"),
            };
            results.Add($"\"{task}\":{result}");
        }

        return $"{{{string.Join(',', results)}}}";
    }

    private async Task<string> MeasureTripsAsync(Func<ValueTask> trip)
    {
        await WarmUpAsync(async limit =>
        {
            var warm = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(warm) < limit)
            {
                await trip();
            }
        });

        var samples = new long[MostSamples];
        var count = 0;
        var start = Stopwatch.GetTimestamp();
        var last = start;
        while (count < MostSamples && (count < FewestSamples || Stopwatch.GetElapsedTime(start, last) < time))
        {
            await trip();
            var now = Stopwatch.GetTimestamp();
            samples[count++] = now - last;
            last = now;
        }

        Array.Sort(samples, 0, count);
        return string.Create(CultureInfo.InvariantCulture, $"{{\"p50_us\":{Microseconds(samples[count / 2]):0.000},\"p99_us\":{Microseconds(samples[(int)(count * 0.99)]):0.000},\"count\":{count}}}");
    }

    private async Task<string> MeasureRateAsync(Func<TimeSpan, Task<long>> run)
    {
        await WarmUpAsync(run);
        var start = Stopwatch.GetTimestamp();
        var count = await run(time);
        return string.Create(CultureInfo.InvariantCulture, $"{{\"per_second\":{count / Stopwatch.GetElapsedTime(start).TotalSeconds:0.0}}}");
    }

    // Until no method was compiled for a while, and for the time that was asked for at the least.
    private async Task WarmUpAsync(Func<TimeSpan, Task> run)
    {
        var start = Stopwatch.GetTimestamp();
        var quiet = 0;
        while (Stopwatch.GetElapsedTime(start) < LongestWarmUp && (quiet < QuietSlices || Stopwatch.GetElapsedTime(start) < warmUp))
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            await run(Slice);
            quiet = JitInfo.GetCompiledMethodCount() == compiled ? quiet + 1 : 0;
        }
    }

    private async Task<long> RequestAsync(int inFlight, TimeSpan limit)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(CallAsync)));
        return counts.Sum();

        async Task<long> CallAsync()
        {
            var count = 0L;
            while (Stopwatch.GetElapsedTime(start) < limit)
            {
                await subject.RoundTripAsync(RequestSize);
                count++;
            }

            return count;
        }
    }

    private async Task<long> SendAsync(int size, TimeSpan limit)
    {
        var count = 0L;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < limit)
        {
            // The clock costs a tenth of sending an event.
            for (var index = 0; index < 16; index++)
            {
                await subject.SendAsync(size);
            }

            count += 16;
        }

        await subject.FlushAsync(count);
        return count;
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
