using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Oriel.Bench.Runner;

/// <summary>One run of a pair: starts both, takes what the one prints, and leaves neither behind.</summary>
internal sealed class PairRun(Pair pair, Placement placement, double seconds)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The numbers of each task.</summary>
    public async Task<JsonElement> RunAsync()
    {
        // A folder of its own, for its owner alone. RFC 0011's clients look for a name below /tmp, which leads there.
        var folder = Directory.CreateTempSubdirectory("oriel-bench-");
        var name = folder.Name;
        var path = Path.Combine(folder.FullName, "ipc.sock");
        var link = $"/tmp/auroraview_{name}";
        File.CreateSymbolicLink(link, path);

        Process? listener = null;
        Process? connector = null;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var (first, firstCore, second, secondCore) = pair.EchoListens
                ? (pair.Echoing, placement.Echoing, pair.Measuring, placement.Measuring)
                : (pair.Measuring, placement.Measuring, pair.Echoing, placement.Echoing);

            listener = Start(first, firstCore, path, name);
            var listenerError = listener.StandardError.ReadToEndAsync(limit.Token);
            var line = await listener.StandardOutput.ReadLineAsync(limit.Token);
            if (line != "listening")
            {
                End(listener);
                throw new InvalidOperationException($"{first.File} did not listen: {line} {await listenerError}");
            }

            connector = Start(second, secondCore, path, name);
            var connectorError = connector.StandardError.ReadToEndAsync(limit.Token);
            var (measuring, echoing) = pair.EchoListens ? (connector, listener) : (listener, connector);
            var printing = measuring.StandardOutput.ReadToEndAsync(limit.Token);
            var echoed = echoing.WaitForExitAsync(limit.Token);
            if (await Task.WhenAny(printing, echoed) == echoed && echoing.ExitCode != 0)
            {
                // The other one would wait for it.
                End(measuring);
            }

            var printed = await printing;
            await measuring.WaitForExitAsync(limit.Token);
            if (measuring.ExitCode != 0)
            {
                End(echoing);
                throw new InvalidOperationException($"{pair.Name} ({placement.Name}) ended with {measuring.ExitCode}: {await listenerError} {await connectorError}");
            }

            echoing.StandardInput.Close();
            await echoed;
            return JsonDocument.Parse(printed).RootElement;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{pair.Name} ({placement.Name}) did not end within {Limit}.");
        }
        finally
        {
            foreach (var process in new[] { connector, listener }.OfType<Process>())
            {
                End(process);
                process.Dispose();
            }

            File.Delete(link);
            folder.Delete(recursive: true);
        }
    }

    private Process Start(Launch program, int? core, string path, string name)
    {
        var arguments = program.Arguments.Select(argument => argument
            .Replace("{path}", path, StringComparison.Ordinal)
            .Replace("{warmup}", Number(pair.WarmUp), StringComparison.Ordinal)
            .Replace("{seconds}", Number(seconds), StringComparison.Ordinal)
            .Replace("{tasks}", string.Join(',', pair.Tasks), StringComparison.Ordinal));
        var start = core is { } number
            ? new ProcessStartInfo("taskset", ["-c", number.ToString(CultureInfo.InvariantCulture), program.File, .. arguments])
            : new ProcessStartInfo(program.File, arguments);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["ORIEL_IPC_CHANNEL"] = path;
        start.Environment["AURORAVIEW_IPC_CHANNEL"] = name;

        return Process.Start(start)!;
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
