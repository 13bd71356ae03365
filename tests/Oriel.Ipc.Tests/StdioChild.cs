using System.Diagnostics;
using System.Runtime.CompilerServices;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>A process that speaks on its standard input and output: these tests' own program, told so by its environment.</summary>
internal sealed class StdioChild : IDisposable
{
    private const string Variable = "ORIEL_TESTS_STDIO_CHILD";

    private readonly Process _process;

    public StdioChild()
    {
        var start = new ProcessStartInfo(Path.ChangeExtension(typeof(StdioChild).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null)!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [Variable] = "1", [IpcChannelFactory.ModeVariable] = "legacy" },
        };
        _process = Process.Start(start)!;
    }

    public Stream Output => _process.StandardOutput.BaseStream;

    public Stream Input => _process.StandardInput.BaseStream;

    public StreamReader Errors => _process.StandardError;

    public Task ExitAsync() => _process.WaitForExitAsync().InTime();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // Before the test runner begins. All of it on this thread: others could not enter this assembly before its initializer has ended.
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "The runner has the entry point.")]
    internal static void RunIfChild()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            return;
        }

        Console.WriteLine("printed before");
        var channel = IpcChannelFactory.ConnectAsync().GetAwaiter().GetResult();
        Console.WriteLine("printed after");

        var second = "opened twice";
        try
        {
            StdioChannel.OpenStandard();
        }
        catch (InvalidOperationException exception)
        {
            second = exception.GetType().Name;
        }

        channel.Emit("second", Utf8($"\"{second}\""));
        while (channel.Receive(Soon.Limit) is { } message)
        {
            Console.WriteLine($"printed for {message.Name}");
            channel.Emit(message.Name, message.Data.ToArray());
        }

        channel.DrainAsync(Soon.Limit).AsTask().GetAwaiter().GetResult();
        Environment.Exit(0);
    }
}
