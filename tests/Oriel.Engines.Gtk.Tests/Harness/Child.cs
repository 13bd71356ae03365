using System.Diagnostics;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>A scenario of <see cref="ChildProgram"/> that has run in a process of its own.</summary>
internal sealed record Child(int ExitCode, string Output, string Error)
{
    public static async Task<Child> RunAsync(string scenario, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["--child", scenario]) { RedirectStandardOutput = true, RedirectStandardError = true };

        // What the engine of this process chose is not for that one.
        start.Environment.Remove("WEBKIT_DISABLE_DMABUF_RENDERER");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).InTime();
            return new Child(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
