using System.Diagnostics;
using Oriel;
using Oriel.Ipc;

namespace Gallery.Backend;

/// <summary>What the Back end page calls to rule the back end. The back end's own functions it calls as <c>backend.frames</c>.</summary>
[Commands("python")]
internal sealed class BackendCommands(OrielApp app, ProcessBackend backend)
{
    /// <summary>The most calls of one measurement.</summary>
    private const int MaximumCount = 10_000;

    private static readonly byte[] MeasuredArguments = """{"value":"0123456789"}"""u8.ToArray();

    private readonly BackendLines _lines = new(app, backend);

    /// <summary>Adds the commands.</summary>
    public static void AddTo(OrielApp app, ProcessBackend backend) => app.Commands.Map(new BackendCommands(app, backend));

    /// <summary>Tells how the back end in Python is, and what its channel has carried.</summary>
    [Command]
    public BackendReport Status() => BackendReport.Of(backend);

    /// <summary>The last 200 lines that the back end wrote.</summary>
    [Command]
    public IReadOnlyList<BackendLine> Lines() => _lines.Kept;

    /// <summary>Starts the back end, and waits until it is ready.</summary>
    [Command]
    public async Task<BackendReport> Start(CancellationToken cancellationToken)
    {
        await backend.StartAsync(cancellationToken).ConfigureAwait(false);
        return Status();
    }

    /// <summary>Ends the back end, and waits until it is gone.</summary>
    [Command]
    public async Task<BackendReport> Stop()
    {
        await backend.StopAsync().ConfigureAwait(false);
        return Status();
    }

    /// <summary>Ends the back end and starts it again.</summary>
    [Command]
    public async Task<BackendReport> Restart(CancellationToken cancellationToken)
    {
        await backend.RestartAsync(cancellationToken).ConfigureAwait(false);
        return Status();
    }

    /// <summary>Kills the back end's process; it is started again.</summary>
    [Command]
    public BackendReport Kill()
    {
        backend.Kill();
        return Status();
    }

    /// <summary>Calls the back end's echo from C#, and answers with the milliseconds of every call.</summary>
    /// <param name="count">How many calls, one after the other.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    [Command(Example = """{"count":1000}""")]
    public async Task<double[]> Measure(int count, CancellationToken cancellationToken)
    {
        if (count is < 1 or > MaximumCount)
        {
            throw new IpcException(IpcErrorCode.InvalidParams, $"A measurement has 1 to {MaximumCount} calls.");
        }

        var times = new double[count];
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await backend.RequestAsync("echo", MeasuredArguments, cancellationToken: cancellationToken).ConfigureAwait(false);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return times;
    }
}
