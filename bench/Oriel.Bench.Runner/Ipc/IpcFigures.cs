namespace Oriel.Bench.Runner;

/// <summary>Makes figures of what the rounds gave: those that are recorded first, then all the rest.</summary>
internal sealed class IpcFigures(Samples samples)
{
    private const string OneCore = "one core";
    private const string TwoCores = "two cores";
    private const string Unpinned = "unpinned";
    private const double Megabyte = 1_048_576 / 1_000_000.0;

    private static readonly string[] Peers = ["oriel_channel", "oriel_block", "oriel_pool", "oriel_text", "oriel_socket", "zeromq", "grpc", "grpc_dotnet", "python", "node", "floor_unbatched"];
    private static readonly (string Name, string Task)[] Sizes = [("100B", "rtt:100"), ("1KB", "rtt:1024"), ("64KB", "rtt:65536"), ("4MB", "rtt:4194304")];

    public IReadOnlyList<Figure> All(IReadOnlyList<Figure> envelope) => [.. Recorded(), .. envelope, .. Details()];

    private IEnumerable<Figure> Recorded() =>
        Present(
            Of("rtt_100B_one_core", "us", OneCore, "rtt:100 p50_us", "at most 1.5x; zeromq / 3, grpc_dotnet / 4"),
            Of("rtt_100B_two_cores", "us", TwoCores, "rtt:100 p50_us", "at most 1.0x"),
            Of("requests_16", "calls/s", Unpinned, "requests:16 per_second", "at least 500,000/s, 5x grpc_dotnet"),
            Of("requests_256", "calls/s", Unpinned, "requests:256 per_second", "at least 1,500,000/s, 5x grpc_dotnet"),
            Of("oneway_100B", "events/s", Unpinned, "oneway:100 per_second", "at least 5,000,000/s"),
            Of("echo_64KB", "us", OneCore, "rtt:65536 p50_us", "at most 1.3x"),
            Of("echo_4MB", "us", OneCore, "rtt:4194304 p50_us", "at most 1.3x"),
            Of("shm_1MB_rate", "MB/s", TwoCores, "oneway:1048576 per_second", "at least 3x the socket", floor: "oriel_socket", peers: ["floor"], scale: Megabyte),
            Of("shm_1MB_rtt", "us", OneCore, "sink:1048576 p50_us", "at most 0.5x the socket", floor: "oriel_socket", peers: ["floor"]),
            Of("python_rtt_100B", "us", OneCore, "rtt:100 p50_us", "under 50 us", "python", "python_floor", ["node", "node_floor"]),
            Of("python_rate_100B", "events/s", Unpinned, "oneway:100 per_second", "at least 100,000/s", "python", "python_floor", ["node", "node_floor"]));

    private IEnumerable<Figure> Details()
    {
        foreach (var placement in Placement.All)
        {
            var details = Sizes.SelectMany(size => new[]
            {
                Detail($"rtt_{size.Name}_p50", "us", placement, $"{size.Task} p50_us"),
                Detail($"rtt_{size.Name}_p99", "us", placement, $"{size.Task} p99_us"),
            }).Concat(
            [
                Detail("requests_1", "calls/s", placement, "requests:1 per_second"),
                Detail("requests_16", "calls/s", placement, "requests:16 per_second"),
                Detail("requests_256", "calls/s", placement, "requests:256 per_second"),
                Detail("oneway_100B", "events/s", placement, "oneway:100 per_second"),
                Detail("1MB_rate", "MB/s", placement, "oneway:1048576 per_second", [], Megabyte),
                Detail("1MB_rtt_p50", "us", placement, "sink:1048576 p50_us", []),
            ]);
            foreach (var figure in Present([.. details]))
            {
                yield return figure;
            }
        }

        foreach (var (name, unit, measure) in new[]
        {
            ("rtt_100B_p50", "us", "rtt:100 p50_us"),
            ("rtt_100B_p99", "us", "rtt:100 p99_us"),
            ("requests_16", "calls/s", "requests:16 per_second"),
            ("requests_256", "calls/s", "requests:256 per_second"),
            ("oneway_100B", "events/s", "oneway:100 per_second"),
        })
        {
            if (Of($"{name}, in process", unit, Unpinned, measure, "", "inprocess", "", []) is { } figure)
            {
                yield return figure with { IsDetail = true };
            }
        }
    }

    private Figure? Detail(string name, string unit, Placement placement, string measure, string[]? peers = null, double scale = 1) =>
        Of($"{name}, {placement.Name}", unit, placement.Name, measure, "", peers: peers, scale: scale) is { } figure ? figure with { IsDetail = true } : null;

    private Figure? Of(
        string name, string unit, string placement, string measure, string target, string subject = "oriel", string floor = "floor", string[]? peers = null, double scale = 1)
    {
        if (samples.Rounds(subject, placement, measure) is not { } values)
        {
            return null;
        }

        var floors = samples.Rounds(floor, placement, measure);
        double[] ratios = floors is null ? [] : [.. values.Zip(floors, static (value, floor) => value / floor)];
        var others = from peer in peers ?? Peers let median = samples.Median(peer, placement, measure) where median is not null select (peer, median.Value * scale);
        return new Figure(name, unit, Statistics.Median(values) * scale, floors is null ? null : Statistics.Median(floors) * scale, floors is null ? null : Statistics.Median(ratios))
        {
            Peers = others.ToDictionary(static other => other.peer, static other => other.Item2),
            Interval = Statistics.MedianInterval(ratios),
            Target = target,
        };
    }

    private static IEnumerable<Figure> Present(params Figure?[] figures) => figures.OfType<Figure>();
}
