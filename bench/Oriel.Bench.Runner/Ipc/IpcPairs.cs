namespace Oriel.Bench.Runner;

/// <summary>Who is measured.</summary>
/// <param name="Build">The folder of the floors in C and of Oriel's program.</param>
/// <param name="Sources">bench/ipc, with the peers that are scripts.</param>
internal sealed record IpcPairs(string Build, string Sources)
{
    // The least; Oriel's program goes on until its JIT has settled.
    private const double JitWarmUp = 0.7;

    private static readonly string[] Trips = ["rtt:100", "rtt:1024", "rtt:65536", "rtt:4194304"];
    private static readonly string[] Requests = ["requests:1", "requests:16", "requests:256"];
    private static readonly string[] Calls = ["rtt:100", "requests:16", "requests:256"];
    private static readonly string[] Large = ["sink:1048576", "oneway:1048576"];
    private static readonly string[] Small = ["rtt:100", "oneway:100"];

    public Pair Floor => new("floor", Measure("ipc"), Echo("ipc")) { Tasks = [.. Trips, .. Requests, "oneway:100", "unbatched:100", .. Large] };

    public IReadOnlyList<Pair> Others =>
    [
        new("oriel", Oriel("measure"), Oriel("echo")) { Tasks = [.. Trips, .. Requests, "oneway:100", .. Large], WarmUp = JitWarmUp },
        new("oriel_block", Oriel("measure", "--block"), Oriel("echo", "--block")) { Tasks = Calls, WarmUp = JitWarmUp },
        new("oriel_pool", Oriel("measure", "--pool"), Oriel("echo", "--pool")) { Tasks = Calls, WarmUp = JitWarmUp },
        new("oriel_text", Oriel("measure", "--text"), Oriel("echo", "--text")) { Tasks = ["rtt:65536", "rtt:4194304"], WarmUp = JitWarmUp },
        new("oriel_socket", Oriel("measure", "--socket"), Oriel("echo", "--socket")) { Tasks = ["rtt:65536", "rtt:4194304", .. Large], WarmUp = JitWarmUp },
        new("oriel_channel", Oriel("measure-channel"), Oriel("echo-channel")) { Tasks = ["rtt:100", "rtt:1024"], WarmUp = JitWarmUp },
        new("zeromq", Measure("zmq"), Echo("zmq")) { Tasks = [.. Trips, .. Requests, "oneway:100"] },
        new("grpc", Measure("grpc"), Echo("grpc")) { Tasks = [.. Trips, .. Requests], EchoListens = true, WarmUp = 0.3 },
        new("grpc_dotnet", Oriel("measure-grpc"), Oriel("echo-grpc")) { Tasks = [.. Trips, .. Requests], EchoListens = true, WarmUp = JitWarmUp },
        new("python", Oriel("measure"), Python) { Tasks = Small, WarmUp = JitWarmUp },
        new("python_floor", Measure("ipc"), Python) { Tasks = Small, WarmUp = 0.3 },
        new("node", Oriel("measure"), Node) { Tasks = Small, WarmUp = JitWarmUp },
        new("node_floor", Measure("ipc"), Node) { Tasks = Small, WarmUp = JitWarmUp },
    ];

    private Launch Python => new("python3", Path.Combine(Sources, "echo.py"));

    private Launch Node => new("node", Path.Combine(Sources, "echo.mjs"));

    private Launch Measure(string name) => new(Path.Combine(Build, name), "measure", "{path}", "{warmup}", "{seconds}", "{tasks}");

    private Launch Echo(string name) => new(Path.Combine(Build, name), "echo", "{path}");

    public Launch Oriel(string mode, params string[] options) =>
        mode.StartsWith("echo", StringComparison.Ordinal)
            ? new(Path.Combine(Build, "peer", "Oriel.Bench.Ipc"), [mode, "{path}", .. options])
            : new(Path.Combine(Build, "peer", "Oriel.Bench.Ipc"), [mode, "{path}", "{warmup}", "{seconds}", "{tasks}", .. options]);
}
