using System.Diagnostics;
using System.Text.Json;

namespace Oriel.Bench.Runner;

/// <summary>A program that is measured: Oriel's or the floor.</summary>
/// <param name="Program">Its path.</param>
/// <param name="Environment">Set for it, as NAME=value; null for nothing.</param>
internal sealed record Subject(string Program, string? Environment = null)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs a mode and gives the numbers that it prints.</summary>
    public async Task<JsonElement> MeasureAsync(string mode) => JsonDocument.Parse(await RunAsync(Program, mode.Split(' ')).ConfigureAwait(false)).RootElement;

    /// <summary>Starts it, and gives numbers of what the harness saw.</summary>
    public async Task<JsonElement> ObserveAsync(string harness, string mode, int idleSeconds)
    {
        string[] idle = idleSeconds > 0 ? ["--idle", idleSeconds.ToString()] : [];
        var line = await RunAsync(harness, ["#1e90ff", "20000", .. idle, "--", Program, mode]).ConfigureAwait(false);
        return JsonDocument.Parse(line).RootElement;
    }

    /// <summary>Runs a mode and gives the line that it prints.</summary>
    public Task<string> PrintAsync(params string[] mode) => RunAsync(Program, mode);

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Environment is not null)
        {
            var assignment = Environment.Split('=', 2);
            start.Environment[assignment[0]] = assignment[1];
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);

        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit}.");
        }

        var line = (await output.ConfigureAwait(false)).Trim();
        return process.ExitCode == 0 ? line : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error.ConfigureAwait(false)}");
    }
}
