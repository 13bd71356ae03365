using System.Diagnostics;

namespace Oriel.Components.EndToEnd.Serving;

public sealed class ServedProcessTests
{
    [Fact]
    public async Task A_program_that_serves_prints_its_address_loads_no_engine_and_ends_when_it_is_told_to()
    {
        var start = new ProcessStartInfo(Path.Join(AppContext.BaseDirectory, "Counter"), ["--serve"]) { RedirectStandardOutput = true };
        start.Environment.Remove("DISPLAY");
        start.Environment.Remove("WAYLAND_DISPLAY");
        using var process = Process.Start(start)!;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(60));
            var line = await process.StandardOutput.ReadLineAsync(limit.Token);
            Assert.NotNull(line);
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            var page = await client.GetStringAsync(line[line.IndexOf("http://", StringComparison.Ordinal)..], limit.Token);
            var loaded = await File.ReadAllTextAsync($"/proc/{process.Id}/maps", limit.Token);
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync(limit.Token);

            Assert.Contains("oriel-socket", page, StringComparison.Ordinal);
            Assert.DoesNotContain("libwebkit", loaded, StringComparison.Ordinal);
            Assert.DoesNotContain("libgtk", loaded, StringComparison.Ordinal);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
