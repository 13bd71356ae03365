using System.Text.Json;
using Oriel;
using Oriel.Ipc;

namespace Gallery.Monitor;

/// <summary>What the Monitor page calls, and what it tells.</summary>
internal static class MonitorCommands
{
    private const int ShortestInterval = 100;
    private const int LongestInterval = 5000;

    /// <summary>Adds the commands and handlers.</summary>
    public static void AddTo(OrielApp app, DocumentFeeds feeds)
    {
        var paths = new MonitorPaths();
        var machine = new SystemInfoReader(paths);
        var details = new ProcessDetailsReader(paths, new UserNames(paths));
        var json = GalleryJson.Default;

        foreach (var name in new[] { "system.info", "getSystemInfo" })
        {
            app.Commands.Map(
                name,
                context => machine.Read(context.App.Engine.Name),
                json.SystemInfo,
                new CommandOptions { Description = "Describes the machine and this program.", Example = "{}" });
        }

        app.Commands.Map(
            "processes.details",
            (arguments, _) => ValueTask.FromResult(details.Read(arguments.Pid)
                ?? throw new IpcException(IpcErrorCode.InvalidParams, $"There is no process {arguments.Pid}.")),
            json.ProcessDetailsArguments,
            json.ProcessDetails,
            new CommandOptions { Description = "Tells all that can be known of a process.", Example = $$"""{"pid":{{Environment.ProcessId}}}""" });

        app.Commands.Map(
            "monitor.interval",
            (arguments, context) =>
            {
                feeds.Of(context.Window).Monitor.SetInterval(Interval(arguments.Milliseconds));
                return ValueTask.CompletedTask;
            },
            json.MonitorIntervalArguments,
            new CommandOptions { Description = "Sets how often this window gets monitor.sample.", Example = """{"milliseconds":250}""" });

        app.Events.On("page.visibility", (window, data) =>
        {
            var isVisible = JsonSerializer.Deserialize(data.Span, json.PageVisibility)?.Visible ?? true;
            feeds.Of(window).Monitor.SetPaused(!isVisible);
            return ValueTask.CompletedTask;
        });
    }

    private static TimeSpan Interval(int milliseconds) => milliseconds is >= ShortestInterval and <= LongestInterval
        ? TimeSpan.FromMilliseconds(milliseconds)
        : throw new IpcException(IpcErrorCode.InvalidParams, $"An interval has {ShortestInterval} to {LongestInterval} milliseconds, not {milliseconds}.");
}
