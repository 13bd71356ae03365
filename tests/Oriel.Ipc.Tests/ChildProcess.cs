using System.Diagnostics;

namespace Oriel.Ipc.Tests;

/// <summary>A process of a test's own, which does not outlive it.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    public ChildProcess(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
    }

    public StreamReader StandardOutput => _process.StandardOutput;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public Task ExitedAsync() => _process.WaitForExitAsync();

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It was faster.
        }
    }

    public void Dispose()
    {
        Kill();
        _process.WaitForExit(Soon.Limit);
        _process.Dispose();
    }
}
