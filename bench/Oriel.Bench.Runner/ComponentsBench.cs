using System.Text.Json;

namespace Oriel.Bench.Runner;

/// <summary>Components beside the same page written by hand over bare calls: both in the same kind of window, in one run, in turn.</summary>
internal sealed class ComponentsBench(Subject program, Action<string> say)
{
    private static readonly Part[] Parts =
    [
        new("session counter 10000",
        [
            new("counter_patch_bytes", "bytes", "bytes", "under 60"),
            new("counter_envelope_bytes", "bytes", "envelope_bytes") { IsDetail = true },
            new("counter_cpu_ms", "ms", "cpu_ms") { IsDetail = true },
            new("counter_allocated", "bytes", "allocated_bytes") { IsDetail = true },
        ]),
        new("oriel click 10000", [new("counter_click_to_dom", "us", "p50_us", "at most 1.5x"), new("counter_click_to_dom_p99", "us", "p99_us") { IsDetail = true }]) { Floor = "floor click 10000" },
        new("session cell 4000",
        [
            new("table_cell_patch_bytes", "bytes", "bytes", "under 100"),
            new("table_cell_cpu_ms", "ms", "cpu_ms", "under 1 ms"),
            new("table_cell_allocated", "bytes", "allocated_bytes") { IsDetail = true },
        ]),
        new("session insert 400",
        [
            new("table_insert_patch_bytes", "bytes", "bytes"),
            new("table_insert_cpu_ms", "ms", "cpu_ms") { IsDetail = true },
            new("table_insert_allocated", "bytes", "allocated_bytes") { IsDetail = true },
        ]),
        new("session reverse 200",
        [
            new("table_reverse_patch_bytes", "bytes", "bytes", "moves, not rows"),
            new("table_reverse_cpu_ms", "ms", "cpu_ms") { IsDetail = true },
            new("table_reverse_allocated", "bytes", "allocated_bytes") { IsDetail = true },
        ]),
        new("oriel typing 10000", [new("typing_latency", "us", "p50_us"), new("typing_latency_p99", "us", "p99_us") { IsDetail = true }]) { Floor = "floor typing 10000" },
        new("oriel updates 10",
        [
            new("updates_1000_fps", "frames/s", "fps", "at least 60, or as the idle page") { Beside = "idle_fps" },
            new("updates_1000_written", "writes/s", "writes_per_second") { IsDetail = true },
            new("updates_1000_shown", "updates/s", "shown_per_second") { IsDetail = true },
            new("updates_1000_frames_in_flight", "frames", "frames_in_flight", "at most 2") { IsDetail = true },
            new("updates_1000_waiting_renders", "components", "waiting_renders", "at most 1") { IsDetail = true },
        ]),
        new("oriel render 9", [new("first_render", "ms", "first_ms", "at most 100 ms"), new("first_render_again", "ms", "again_ms") { IsDetail = true }]) { Floor = "floor render 9" },
    ];

    /// <summary>The names of all figures.</summary>
    public static IEnumerable<string> Names => Parts.SelectMany(static part => part.Measures).Where(static measure => !measure.IsDetail).Select(static measure => measure.Name);

    /// <summary>Measures what is wanted, and what is measured with it.</summary>
    /// <param name="rounds">Runs of each program.</param>
    /// <param name="markup">A file for the markup that the widget book renders, which is what the floor shows.</param>
    /// <param name="isWanted">Whether a figure is.</param>
    public async Task<IReadOnlyList<Figure>> RunAsync(int rounds, string markup, Predicate<string> isWanted)
    {
        var figures = new List<Figure>();
        foreach (var part in Parts.Where(part => part.Measures.Any(measure => isWanted(measure.Name))))
        {
            say(part.Mode);
            if (part.Floor?.Contains(" render ", StringComparison.Ordinal) == true)
            {
                await program.PrintAsync("markup", markup);
            }

            var pairs = new List<(JsonElement Oriel, JsonElement? Floor)>();
            for (var round = 0; round < rounds; round++)
            {
                pairs.Add(await MeasureAsync(part, markup, floorFirst: round % 2 == 0));
            }

            figures.AddRange(part.Measures.Select(measure => FigureOf(measure, pairs)));
        }

        return figures;
    }

    // In turn, and who goes first changes, so that neither profits from a warm machine.
    private async Task<(JsonElement Oriel, JsonElement? Floor)> MeasureAsync(Part part, string markup, bool floorFirst)
    {
        if (part.Floor is null)
        {
            return (await program.MeasureAsync(part.Mode), null);
        }

        if (floorFirst)
        {
            var floor = await MeasureFloorAsync();
            return (await program.MeasureAsync(part.Mode), floor);
        }

        var oriel = await program.MeasureAsync(part.Mode);
        return (oriel, await MeasureFloorAsync());

        async Task<JsonElement> MeasureFloorAsync() => JsonDocument.Parse(await program.PrintAsync([.. part.Floor.Split(' '), markup])).RootElement;
    }

    private static Figure FigureOf(Measure measure, List<(JsonElement Oriel, JsonElement? Floor)> pairs)
    {
        var floors = pairs.Select(pair => measure.Beside is { } beside ? Value(pair.Oriel, beside) : pair.Floor is { } floor ? Value(floor, measure.Member) : (double?)null);
        var values = pairs.Select(pair => Value(pair.Oriel, measure.Member));
        var figure = floors.First() is null
            ? Figure.Alone(measure.Name, measure.Unit, values, measure.Target)
            : Figure.Of(measure.Name, measure.Unit, values.Zip(floors, static (oriel, floor) => (oriel, floor!.Value)), measure.Target);
        return figure with { IsDetail = measure.IsDetail };
    }

    private static double Value(JsonElement seen, string member) => seen.GetProperty(member).GetDouble();

    /// <summary>A mode of the program, and what is taken from its line.</summary>
    private sealed record Part(string Mode, Measure[] Measures)
    {
        /// <summary>The mode of the floor; null where there is none.</summary>
        public string? Floor { get; init; }
    }

    private sealed record Measure(string Name, string Unit, string Member, string Target = "")
    {
        /// <summary>What it is held against in the same run.</summary>
        public string? Beside { get; init; }

        /// <summary>Whether it is only for the table.</summary>
        public bool IsDetail { get; init; }
    }
}
