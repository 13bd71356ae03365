using System.Text;
using Oriel.Testing;

namespace Oriel.Processes.Tests;

/// <summary>An application that is killed by the test that started it. On standard output it tells what it consists of.</summary>
internal static class ParentProgram
{
    public static Task<int> RunAsync(string scenario) => scenario switch
    {
        "killed" => RunAsync(Python.Options()),
        "killed-streams" => RunAsync(Python.OnStandardStreams("stubborn")),
        "cycles" => RunCyclesAsync(Python.Options()),
        "cycles-streams" => RunCyclesAsync(Python.OnStandardStreams()),
        _ => throw new ArgumentException($"There is no scenario {scenario}."),
    };

    // What a life leaves behind shows after many of them.
    private static async Task<int> RunCyclesAsync(ProcessBackendOptions options)
    {
        const int Cycles = 8;

        await using var host = await AppHost.StartAsync(static () => new HeadlessEngine());
        var backend = host.App.Backends.Add(new ProcessBackend(options with { StartsItself = false }));
        for (var cycle = 0; cycle <= Cycles; cycle++)
        {
            await backend.StartAsync();
            await backend.RequestAsync("child", default);
            await backend.StopAsync();

            if (cycle is 0 or Cycles)
            {
                // Files that wait for the collector count: nobody knows when it comes.
                Console.WriteLine(Directory.GetFileSystemEntries("/proc/self/fd").Length);
            }
        }

        return 0;
    }

    private static async Task<int> RunAsync(ProcessBackendOptions options)
    {
        await using var host = await AppHost.StartAsync(static () => new HeadlessEngine());
        var backend = host.App.Backends.Add(new ProcessBackend(options));
        await backend.StartAsync();

        var child = await backend.RequestAsync("child", default);
        var address = await backend.RequestAsync("environment", "\"ORIEL_IPC_CHANNEL\""u8.ToArray());
        Console.WriteLine($"{backend.Status.ProcessId} {Encoding.UTF8.GetString(child.Span)} {Encoding.UTF8.GetString(address.Span).Trim('"')}");

        // Until it is killed; a test that went wrong closes our input instead.
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
