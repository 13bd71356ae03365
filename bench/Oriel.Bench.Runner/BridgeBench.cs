using System.Text.Json;

namespace Oriel.Bench.Runner;

/// <summary>The bridge beside the same mechanism in C: both in one run, in turn, on one display.</summary>
internal sealed class BridgeBench(Subject oriel, Subject aot, Subject floor, Subject defaultFloor, string harness, Action<string> say)
{
    private static readonly Transport[] Transports =
    [
        new("invoke 100 5000", [new("invoke_100B_p50", "us", "p50_us", "at most 1.25x"), new("invoke_100B_p99", "us", "p99_us")]),
        new("invoke 10000 2000", [new("invoke_10KB_p50", "us", "p50_us"), new("invoke_10KB_p99", "us", "p99_us")]),
        new("invoke 1000000 50", [new("invoke_1MB_p50", "us", "p50_us"), new("invoke_1MB_p99", "us", "p99_us")]),
        new("rate 100 20000 64", [new("invoke_100B_inflight64_rate", "calls/s", "per_second", "at least 0.8x")]),
        new("events 100 100000", [new("events_100B_rate", "events/s", "per_second", "at least 200,000/s")]),
        new("up 1000000 100", [new("bytes_up_1MB_rate", "MB/s", "mb_per_second", "at least 0.8x")]),
        new("down 1000000 100", [new("bytes_down_1MB_rate", "MB/s", "mb_per_second", "at least 0.8x")]),
        new("up 16000000 10", [new("bytes_up_16MB_rate", "MB/s", "mb_per_second")]),
        new("down 16000000 10", [new("bytes_down_16MB_rate", "MB/s", "mb_per_second")]),
    ];

    public async Task<IReadOnlyList<Figure>> RunAsync(int rounds, int starts, int idleSeconds) =>
        [.. await MeasureTransportsAsync(rounds), .. await MeasureStartsAsync(starts), .. await MeasureRestAsync(idleSeconds)];

    private async Task<List<Figure>> MeasureTransportsAsync(int rounds)
    {
        var figures = new List<Figure>();
        foreach (var transport in Transports)
        {
            say(transport.Mode);
            var pairs = new List<(JsonElement Oriel, JsonElement Floor)>();
            for (var round = 0; round < rounds; round++)
            {
                // In turn, and who goes first changes, so that neither profits from a warm machine.
                if (round % 2 == 0)
                {
                    var first = await floor.MeasureAsync(transport.Mode);
                    pairs.Add((await oriel.MeasureAsync(transport.Mode), first));
                }
                else
                {
                    var first = await oriel.MeasureAsync(transport.Mode);
                    pairs.Add((first, await floor.MeasureAsync(transport.Mode)));
                }
            }

            foreach (var measure in transport.Measures)
            {
                var values = pairs.Select(pair => (Value(pair.Oriel, measure.Member), Value(pair.Floor, measure.Member)));
                figures.Add(FigureOf(measure.Name, measure.Unit, values, measure.Target));
            }
        }

        return figures;
    }

    private async Task<List<Figure>> MeasureStartsAsync(int starts)
    {
        say("start_first_pixel");
        Subject[] subjects = [floor, oriel, aot, defaultFloor];
        foreach (var subject in subjects)
        {
            // The first start of each reads the disk.
            await StartAsync(subject);
        }

        var times = new Dictionary<Subject, List<double>>();
        for (var round = 0; round < starts; round++)
        {
            for (var turn = 0; turn < subjects.Length; turn++)
            {
                var subject = subjects[(round + turn) % subjects.Length];
                if (!times.TryGetValue(subject, out var list))
                {
                    times.Add(subject, list = []);
                }

                list.Add(await StartAsync(subject));
            }
        }

        return
        [
            FigureOf("start_first_pixel", "ms", Pairs(oriel, floor), "at most 1.15x"),
            FigureOf("start_first_pixel_aot", "ms", Pairs(aot, floor), "at most 1.05x"),
            FigureOf("start_first_pixel_against_default_renderer", "ms", Pairs(oriel, defaultFloor), "at most 0.75x"),
        ];

        IEnumerable<(double, double)> Pairs(Subject subject, Subject against) => times[subject].Zip(times[against]);

        async Task<double> StartAsync(Subject subject) => (await subject.ObserveAsync(harness, "start", 0)).GetProperty("first_pixel_ms").GetDouble();
    }

    private async Task<List<Figure>> MeasureRestAsync(int idleSeconds)
    {
        say("idle");
        var floorSeen = await floor.ObserveAsync(harness, "idle", idleSeconds);
        var orielSeen = await oriel.ObserveAsync(harness, "idle", idleSeconds);

        return
        [
            Of("ui_process_memory", "MB (PSS)", "ui_pss_mb", ""),
            Of("ui_process_private_memory", "MB (private dirty)", "ui_private_dirty_mb", ""),
            Of("all_processes_memory", "MB (PSS)", "all_pss_mb", ""),
            Of("idle_cpu", "% of a core", "idle_cpu_percent", "under 0.2"),
            Of("idle_wakeups", $"in {idleSeconds} s", "wakeups", "at most 15"),
        ];

        Figure Of(string name, string unit, string member, string target) => FigureOf(name, unit, [(Value(orielSeen, member), Value(floorSeen, member))], target);
    }

    private static double Value(JsonElement seen, string member) => seen.GetProperty(member).GetDouble();

    private static Figure FigureOf(string name, string unit, IEnumerable<(double Oriel, double Floor)> pairs, string target)
    {
        (double Oriel, double Floor)[] all = [.. pairs];
        var ratios = all.Select(static pair => pair.Floor == 0 ? 1 : pair.Oriel / pair.Floor).ToArray();
        return new Figure(name, unit, Statistics.Median(all.Select(static pair => pair.Oriel)), Statistics.Median(all.Select(static pair => pair.Floor)), Statistics.Median(ratios))
        {
            Interval = Statistics.MedianInterval(ratios),
            Target = target,
        };
    }

    /// <summary>A mode of both programs, and what is taken from its line.</summary>
    private sealed record Transport(string Mode, Measure[] Measures);

    private sealed record Measure(string Name, string Unit, string Member, string Target = "");
}
