using System.Diagnostics;

namespace Oriel.Components.EndToEnd.Serving;

/// <summary>The widget book as a person begins it who wants it in a browser: the program itself, in a process of its own.</summary>
public sealed class ServedBook : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private Process _process = null!;

    /// <summary>The address that the program has printed, with its token.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The address of a path, for whom the token has let in.</summary>
    public Uri At(string path) => new($"{Address.GetLeftPart(UriPartial.Authority)}{path}");

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo(Path.Join(AppContext.BaseDirectory, "WidgetBook"), ["--serve"]) { RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
        Assert.NotNull(line);
        Address = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..]);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await _process.WaitForExitAsync().WaitAsync(s_patience);
        }
        finally
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
        }
    }
}
