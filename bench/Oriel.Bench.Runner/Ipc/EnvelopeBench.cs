using System.Text.Json;

namespace Oriel.Bench.Runner;

/// <summary>Writing and reading an envelope by itself: what BenchmarkDotNet found.</summary>
internal static class EnvelopeBench
{
    /// <param name="program">Oriel.Bench.Ipc.</param>
    /// <param name="folder">Takes what BenchmarkDotNet writes.</param>
    public static async Task<IReadOnlyList<Figure>> RunAsync(string program, string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        await new Subject(program).PrintAsync("envelope", folder);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Directory.EnumerateFiles(Path.Combine(folder, "results"), "*.json").Single()));
        var found = report.RootElement.GetProperty("Benchmarks").EnumerateArray().ToDictionary(
            static benchmark => benchmark.GetProperty("Method").GetString()!,
            static benchmark => (
                Time: benchmark.GetProperty("Statistics").GetProperty("Median").GetDouble(),
                Bytes: benchmark.GetProperty("Memory").GetProperty("BytesAllocatedPerOperation").GetDouble()));

        return
        [
            Of("envelope_write", "WriteRequest", "Utf8JsonWriter", "under 60 ns"),
            Of("envelope_parse", "ReadRequest", "Utf8JsonReader", "under 250 ns"),
            Of("envelope_write, event", "WriteEvent", null, "") with { IsDetail = true },
            Of("envelope_parse, event", "ReadEvent", null, "") with { IsDetail = true },
            .. found.Select(static one => new Figure($"allocated, {one.Key}", "bytes", one.Value.Bytes, null, null) { IsDetail = true }),
        ];

        Figure Of(string name, string method, string? peer, string target) => new(name, "ns", found[method].Time, null, null)
        {
            Peers = peer is null ? [] : new Dictionary<string, double> { [peer] = found[peer].Time },
            Target = target,
        };
    }
}
