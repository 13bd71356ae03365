using System.Diagnostics;
using Oriel;
using Oriel.Ipc;

namespace Gallery.Backend;

/// <summary>What the Back end page calls to rule the back end. The back end's own functions it calls as <c>backend.frames</c>.</summary>
internal static class BackendCommands
{
    /// <summary>The most calls of one measurement.</summary>
    private const int MaximumCount = 10_000;

    private static readonly byte[] MeasuredArguments = """{"value":"0123456789"}"""u8.ToArray();

    /// <summary>Adds the commands.</summary>
    public static void AddTo(OrielApp app, ProcessBackend backend)
    {
        var json = GalleryJson.Default;
        var lines = new BackendLines(app, backend);

        app.Commands.Map("python.status", _ => BackendReport.Of(backend), json.BackendReport, new CommandOptions
        {
            Description = "Tells how the back end in Python is, and what its channel has carried.",
        });

        app.Commands.Map("python.lines", _ => lines.Kept, json.IReadOnlyListBackendLine, new CommandOptions
        {
            Description = $"The last {BackendLines.Capacity} lines that the back end wrote.",
        });

        AddAction("python.start", "Starts the back end, and waits until it is ready.", context => backend.StartAsync(context.CancellationToken));
        AddAction("python.stop", "Ends the back end, and waits until it is gone.", _ => backend.StopAsync());
        AddAction("python.restart", "Ends the back end and starts it again.", context => backend.RestartAsync(context.CancellationToken));
        AddAction("python.kill", "Kills the back end's process; it is started again.", _ =>
        {
            backend.Kill();
            return Task.CompletedTask;
        });

        app.Commands.Map("python.measure", (arguments, context) => MeasureAsync(backend, arguments, context.CancellationToken), json.MeasureArguments, json.IReadOnlyListDouble, new CommandOptions
        {
            Description = "Calls the back end's echo from C#, and answers with the milliseconds of every call.",
            Example = """{"count":1000}""",
        });

        void AddAction(string name, string description, Func<CommandContext, Task> act) => app.Commands.Map(
            name,
            async context =>
            {
                await act(context).ConfigureAwait(false);
                return BackendReport.Of(backend);
            },
            json.BackendReport,
            new CommandOptions { Description = description });
    }

    private static async ValueTask<IReadOnlyList<double>> MeasureAsync(ProcessBackend backend, MeasureArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Count is < 1 or > MaximumCount)
        {
            throw new IpcException(IpcErrorCode.InvalidParams, $"A measurement has 1 to {MaximumCount} calls.");
        }

        var times = new double[arguments.Count];
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await backend.RequestAsync("echo", MeasuredArguments, cancellationToken: cancellationToken).ConfigureAwait(false);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return times;
    }
}
