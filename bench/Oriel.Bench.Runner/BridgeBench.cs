using System.Text.Json;

namespace Oriel.Bench.Runner;

/// <summary>The bridge beside the same mechanism in C: both in one run, in turn, on one display.</summary>
internal sealed class BridgeBench(Subject oriel, Subject aot, Subject floor, Subject defaultFloor, Subject generators, string harness, Action<string> say)
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
        new("typed 100 5000", [new("typed_100B_p50", "us", "p50_us", "at most 1.1x") { Beside = "raw_p50_us" }]) { FloorMode = null },
        new("items 100 500000", [new("stream_items_rate", "items/s", "per_second", "at least 100,000/s")]) { FloorMode = "events 100 100000" },
        new("streamdown 16000000 63", [new("stream_1GB_down_rate", "MB/s", "mb_per_second", "at least 0.8x")]) { FloorMode = "down 16000000 63" },
        new("streamup 16000000 63", [new("stream_1GB_up_rate", "MB/s", "mb_per_second", "at least 0.8x")]) { FloorMode = "up 16000000 63" },
        new("state 1000 1000", [new("state_patch_p50", "us", "p50_us") { Beside = "raw_p50_us" }]) { FloorMode = null },
    ];

    private const string PeakGrowth = "stream_1GB_peak_memory_growth";

    private static readonly string[] Starts = ["start_first_pixel", "start_first_pixel_aot", "start_first_pixel_against_default_renderer"];
    private static readonly string[] Rest = ["ui_process_memory", "ui_process_private_memory", "all_processes_memory", "idle_cpu", "idle_wakeups"];
    private static readonly string[] Processes = ["program", "web"];
    private static readonly string[] Generators = ["generator_500_cold", "generator_500_incremental"];

    /// <summary>The names of all figures.</summary>
    public static IEnumerable<string> Names =>
        [.. Transports.SelectMany(static transport => transport.Measures).Select(static measure => measure.Name), PeakGrowth, .. Starts, .. Rest, .. Generators];

    /// <summary>Measures what is wanted, and what is measured with it.</summary>
    public async Task<IReadOnlyList<Figure>> RunAsync(int rounds, int starts, int idleSeconds, Predicate<string> isWanted)
    {
        var figures = await MeasureTransportsAsync(rounds, isWanted);
        if (Starts.Any(isWanted.Invoke))
        {
            figures.AddRange(await MeasureStartsAsync(starts));
        }

        if (Rest.Any(isWanted.Invoke))
        {
            figures.AddRange(await MeasureRestAsync(idleSeconds));
        }

        if (Generators.Any(isWanted.Invoke))
        {
            figures.AddRange(await MeasureGeneratorsAsync());
        }

        return figures;
    }

    private async Task<List<Figure>> MeasureTransportsAsync(int rounds, Predicate<string> isWanted)
    {
        var figures = new List<Figure>();
        var streams = new List<(string Direction, JsonElement[] Seen)>();
        foreach (var transport in Transports)
        {
            var isStream = transport.Mode.StartsWith("stream", StringComparison.Ordinal);
            if (!transport.Measures.Any(measure => isWanted(measure.Name)) && !(isStream && isWanted(PeakGrowth)))
            {
                continue;
            }

            say(transport.Mode);
            var pairs = new List<(JsonElement Oriel, JsonElement Floor)>();
            for (var round = 0; round < rounds; round++)
            {
                // In turn, and who goes first changes, so that neither profits from a warm machine.
                if (transport.FloorMode is not { } floorMode)
                {
                    // It takes turns with what it is held against by itself.
                    var both = await oriel.MeasureAsync(transport.Mode);
                    pairs.Add((both, both));
                }
                else if (round % 2 == 0)
                {
                    var first = await floor.MeasureAsync(floorMode);
                    pairs.Add((await oriel.MeasureAsync(transport.Mode), first));
                }
                else
                {
                    var first = await oriel.MeasureAsync(transport.Mode);
                    pairs.Add((first, await floor.MeasureAsync(floorMode)));
                }
            }

            foreach (var measure in transport.Measures)
            {
                var values = pairs.Select(pair => (Value(pair.Oriel, measure.Member), Value(pair.Floor, measure.Beside ?? measure.Member)));
                figures.Add(Figure.Of(measure.Name, measure.Unit, values, measure.Target));
            }

            if (isStream)
            {
                streams.Add((transport.Mode[6..transport.Mode.IndexOf(' ')], [.. pairs.Select(static pair => pair.Oriel)]));
            }
        }

        return [.. figures, .. MemoryOf(streams)];
    }

    // The worst of both processes and both directions, and each by itself for the table.
    private static IEnumerable<Figure> MemoryOf(List<(string Direction, JsonElement[] Seen)> streams)
    {
        const string Unit = "MB";

        Figure[] each =
        [
            .. streams.SelectMany(stream => Processes.Select(process =>
                Figure.Alone($"stream_1GB_{stream.Direction}_{process}_growth", Unit, stream.Seen.Select(seen => Value(seen, $"{process}_growth_mb"))) with { IsDetail = true })),
        ];
        return each.Length == 0 ? [] : [Figure.Alone(PeakGrowth, Unit, [each.Max(static figure => figure.Oriel)]), .. each];
    }

    private async Task<Figure[]> MeasureGeneratorsAsync()
    {
        say("generators");
        var seen = await generators.MeasureAsync("500 50 20");
        double[] edits = [Value(seen, "body_ms"), Value(seen, "signature_ms")];
        return
        [
            Figure.Alone(Generators[0], "ms", [Value(seen, "cold_ms")]),
            Figure.Alone(Generators[1], "ms", [edits.Max()]) with { Target = "under 100 ms" },
            Figure.Alone("generator_500_body_edit", "ms", [edits[0]]) with { IsDetail = true },
            Figure.Alone("generator_500_signature_edit", "ms", [edits[1]]) with { IsDetail = true },
        ];
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
            Figure.Of("start_first_pixel", "ms", Pairs(oriel, floor), "at most 1.15x"),
            Figure.Of("start_first_pixel_aot", "ms", Pairs(aot, floor), "at most 1.05x"),
            Figure.Of("start_first_pixel_against_default_renderer", "ms", Pairs(oriel, defaultFloor), "at most 0.75x"),
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

        Figure Of(string name, string unit, string member, string target) => Figure.Of(name, unit, [(Value(orielSeen, member), Value(floorSeen, member))], target);
    }

    private static double Value(JsonElement seen, string member) => seen.GetProperty(member).GetDouble();

    /// <summary>A mode of both programs, and what is taken from its line.</summary>
    private sealed record Transport(string Mode, Measure[] Measures)
    {
        /// <summary>What the floor does meanwhile; null where Oriel is held against another way of its own.</summary>
        public string? FloorMode { get; init; } = Mode;
    }

    private sealed record Measure(string Name, string Unit, string Member, string Target = "")
    {
        /// <summary>What it is held against, where that has another name.</summary>
        public string? Beside { get; init; }
    }
}
