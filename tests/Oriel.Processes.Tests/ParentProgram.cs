using System.Text;
using Oriel.Testing;

namespace Oriel.Processes.Tests;

/// <summary>An application that is killed by the test that started it. On standard output it tells what it consists of.</summary>
internal static class ParentProgram
{
    public static Task<int> RunAsync(string scenario) => scenario switch
    {
        "killed" => RunAsync(),
        "cycles" => RunCyclesAsync(),
        _ => throw new ArgumentException($"There is no scenario {scenario}."),
    };

    // What a life leaves behind shows after many of them.
    private static async Task<int> RunCyclesAsync()
    {
        const int Cycles = 8;

        await using var host = await AppHost.StartAsync(static () => new HeadlessEngine());
        var backend = host.App.Backends.Add(new ProcessBackend(Python.Options() with { StartsItself = false }));
        for (var cycle = 0; cycle <= Cycles; cycle++)
        {
            await backend.StartAsync();
            await backend.RequestAsync("child", default);
            await backend.StopAsync();

            if (cycle is 0 or Cycles)
            {
                // Files that wait for the collector have been left open.
                GC.Collect();
                GC.WaitForPendingFinalizers();
                Console.WriteLine(Directory.GetFileSystemEntries("/proc/self/fd").Length);
            }
        }

        return 0;
    }

    private static async Task<int> RunAsync()
    {
        await using var host = await AppHost.StartAsync(static () => new HeadlessEngine());
        var backend = host.App.Backends.Add(Python.Backend());
        await backend.StartAsync();

        var child = await backend.RequestAsync("child", default);
        var address = await backend.RequestAsync("environment", "\"ORIEL_IPC_CHANNEL\""u8.ToArray());
        Console.WriteLine($"{backend.Status.ProcessId} {Encoding.UTF8.GetString(child.Span)} {Encoding.UTF8.GetString(address.Span).Trim('"')}");

        // Until it is killed; a test that went wrong closes our input instead.
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
