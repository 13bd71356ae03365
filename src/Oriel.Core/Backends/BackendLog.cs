using Microsoft.Extensions.Logging;
using Oriel.Processes;

namespace Oriel;

/// <summary>What programs that the application has started write, in the log: category <c>Oriel.Backends</c>.</summary>
/// <remarks>A line is for people. Nothing is read from it but how loud it is.</remarks>
internal sealed class BackendLog(AppLog log, string name)
{
    // Whoever connects again and again must not fill the log.
    private const int MaxStrangers = 3;

    // Nor who emits again and again what is left out.
    private const int MaxRefusals = 16;

    private static readonly string[] Alarms = ["ERROR", "CRITICAL", "Traceback"];

    private int _strangers;
    private int _refusals;
    private int _drops;

    public static LogLevel LevelOf(string line, bool isError)
    {
        if (!isError)
        {
            return LogLevel.Information;
        }

        return Array.Exists(Alarms, alarm => line.StartsWith(alarm, StringComparison.Ordinal)) ? LogLevel.Error : LogLevel.Warning;
    }

    public void Write(string line, bool isError)
    {
        var level = LevelOf(line, isError);
        Try(() => log.Backends.BackendWrote(level, name, line));
    }

    public void RefuseStranger(int? processId)
    {
        if (Interlocked.Increment(ref _strangers) <= MaxStrangers)
        {
            Try(() => log.Backends.StrangerRefused(name, processId));
        }
    }

    /// <summary>Tells why an event was left out; the reason may quote what the back end has sent.</summary>
    public void EventRefused(string reason)
    {
        if (Interlocked.Increment(ref _refusals) is <= MaxRefusals and var count)
        {
            var last = count == MaxRefusals ? " Further ones are not told." : "";
            Try(() => log.Backends.BackendEventRefused(name, LineReader.ForPeople(reason) + last));
        }
    }

    /// <summary>Tells that it is so far behind that an event for it was dropped.</summary>
    public void EventDropped(string @event)
    {
        if (Interlocked.Increment(ref _drops) <= MaxRefusals)
        {
            Try(() => log.Backends.BackendEventDropped(name, @event));
        }
    }

    public void Failed(Exception exception) => Try(() => log.Value.EventHandlerFailed(exception));

    public void Died(string reason, TimeSpan pause) => Try(() => log.Backends.BackendDied(reason, pause));

    public void GaveUp(string reason) => Try(() => log.Backends.BackendFailed(reason));

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception)
        {
            // A log that fails must not end what it is told of.
        }
    }
}
