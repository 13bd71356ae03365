using System.CommandLine;
using System.Text.Json;
using Oriel.Bench.Runner;

var oriel = new Option<string>("--oriel") { Description = "The program of the benchmark, as the JIT runs it.", Required = true };
var aot = new Option<string>("--aot") { Description = "Oriel.Bench, published with NativeAOT.", Required = true };
var floor = new Option<string>("--floor") { Description = "The floor in C.", Required = true };
var generators = new Option<string>("--generators") { Description = "Oriel.Bench.Generators.", Required = true };
var harness = new Option<string>("--harness") { Description = "The program that watches starts (prun).", Required = true };
var results = new Option<string>("--results") { Description = "The file that every table is appended to.", Required = true };
var json = new Option<string?>("--json") { Description = "Writes a record for each figure." };
var rounds = new Option<int>("--rounds") { Description = "Rounds of each transport.", DefaultValueFactory = static _ => 5 };
var starts = new Option<int>("--starts") { Description = "Pairs of starts.", DefaultValueFactory = static _ => 21 };
var idle = new Option<int>("--idle") { Description = "Seconds of watching an idle window.", DefaultValueFactory = static _ => 10 };
var only = new Option<string?>("--only") { Description = "Names of figures, with commas between them: the parts that make them run alone, and nothing is appended to --results." };

var bridge = new Command("bridge", "The bridge beside the same mechanism in C.") { oriel, aot, floor, generators, harness, results, json, rounds, starts, idle, only };
bridge.SetAction(async (arguments, cancellationToken) =>
{
    if (!TryRead(arguments.GetValue(only), BridgeBench.Names, out var wanted))
    {
        return 2;
    }

    var subject = new Subject(arguments.GetRequiredValue(oriel));

    // The floor renders as Oriel chose for this machine; once more, as WebKit does by itself.
    var lines = (await subject.PrintAsync("engine")).Split('\n');
    var renderer = lines.Length > 1 ? lines[1] : null;
    var program = arguments.GetRequiredValue(floor);

    var bench = new BridgeBench(
        subject,
        new Subject(arguments.GetRequiredValue(aot)),
        new Subject(program, renderer),
        new Subject(program),
        new Subject(arguments.GetRequiredValue(generators)),
        arguments.GetRequiredValue(harness),
        Console.Error.WriteLine);
    var figures = await bench.RunAsync(arguments.GetValue(rounds), arguments.GetValue(starts), arguments.GetValue(idle), name => wanted?.Contains(name) ?? true);

    Report.Print(figures);
    if (wanted is null)
    {
        Report.Append(arguments.GetRequiredValue(results), $"{lines[0]}, renderer: {renderer ?? "WebKit's choice"}", figures);
    }

    await WriteAsync(arguments.GetValue(json), figures, cancellationToken);
    return 0;
});

var components = new Command("components", "Components beside the same page written by hand.") { oriel, results, json, rounds, only };
components.SetAction(async (arguments, cancellationToken) =>
{
    if (!TryRead(arguments.GetValue(only), ComponentsBench.Names, out var wanted))
    {
        return 2;
    }

    var subject = new Subject(arguments.GetRequiredValue(oriel));
    var lines = (await subject.PrintAsync("engine")).Split('\n');
    var markup = Path.GetTempFileName();
    try
    {
        var figures = await new ComponentsBench(subject, Console.Error.WriteLine).RunAsync(arguments.GetValue(rounds), markup, name => wanted?.Contains(name) ?? true);
        Report.Print(figures);
        if (wanted is null)
        {
            Report.Append(arguments.GetRequiredValue(results), $"{lines[0]}, renderer: {lines.ElementAtOrDefault(1) ?? "WebKit's choice"}", figures);
        }

        await WriteAsync(arguments.GetValue(json), figures, cancellationToken);
        return 0;
    }
    finally
    {
        File.Delete(markup);
    }
});

var build = new Option<string>("--build") { Description = "The folder of the floors and of Oriel.Bench.Ipc.", Required = true };
var sources = new Option<string>("--sources") { Description = "The folder of the peers that are scripts.", Required = true };
var about = new Option<string>("--about") { Description = "What the peers are, for the table.", Required = true };
var seconds = new Option<double>("--seconds") { Description = "Seconds that each task is measured.", DefaultValueFactory = static _ => 0.4 };

var ipc = new Command("ipc", "The channel between processes beside a socket in C.") { build, sources, about, results, json, rounds, seconds };
ipc.SetAction(async (arguments, cancellationToken) =>
{
    var folder = arguments.GetRequiredValue(build);
    var pairs = new IpcPairs(folder, arguments.GetRequiredValue(sources));
    var samples = await new IpcBench(pairs, arguments.GetValue(rounds), arguments.GetValue(seconds), Console.Error.WriteLine).RunAsync();
    var envelope = await EnvelopeBench.RunAsync(pairs.Oriel("envelope").File, Path.Combine(folder, "envelope"));
    var figures = new IpcFigures(samples).All(envelope);

    Report.Print(figures);
    Report.Append(arguments.GetRequiredValue(results), arguments.GetRequiredValue(about), figures);
    await WriteAsync(arguments.GetValue(json), figures, cancellationToken);
});

return await new RootCommand("Oriel's benchmarks.") { bridge, components, ipc }.Parse(args).InvokeAsync();

static bool TryRead(string? names, IEnumerable<string> known, out string[]? wanted)
{
    wanted = names?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    if (wanted?.Except(known).FirstOrDefault() is not { } unknown)
    {
        return true;
    }

    Console.Error.WriteLine($"No figure is called {unknown}. There are: {string.Join(", ", known)}");
    return false;
}

static async Task WriteAsync(string? path, IReadOnlyList<Figure> figures, CancellationToken cancellationToken)
{
    if (path is not null)
    {
        IReadOnlyList<Figure> recorded = [.. figures.Where(static figure => !figure.IsDetail)];
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(recorded, FigureJson.Default.IReadOnlyListFigure), cancellationToken);
    }
}
