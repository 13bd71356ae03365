using Oriel;
using Oriel.Ipc;

namespace Gallery.Monitor;

/// <summary>What the Monitor page calls, and what it tells.</summary>
[Commands("")]
internal sealed class MonitorCommands
{
    private readonly SystemInfoReader _machine;
    private readonly ProcessDetailsReader _details;

    private MonitorCommands(MonitorPaths paths)
    {
        _machine = new SystemInfoReader(paths);
        _details = new ProcessDetailsReader(paths, new UserNames(paths));
    }

    /// <summary>Adds the commands and handlers.</summary>
    public static void AddTo(OrielApp app, DocumentFeeds feeds)
    {
        app.Commands.Map(new MonitorCommands(new MonitorPaths()));
        app.Events.On<PageVisibility>("page.visibility", (window, visibility) => feeds.Of(window).Monitor.SetPaused(visibility is { Visible: false }));
    }

    /// <summary>Describes the machine and this program.</summary>
    [Command("system.info", Example = "{}")]
    public SystemInfo SystemInfo(OrielApp app) => _machine.Read(app.Engine.Name);

    /// <summary>Describes the machine and this program, by a name of one word.</summary>
    [Command(Example = "{}")]
    public SystemInfo GetSystemInfo(OrielApp app) => SystemInfo(app);

    /// <summary>Tells all that can be known of a process.</summary>
    /// <param name="pid">Its number.</param>
    [Command("processes.details", Example = """{"pid":1}""")]
    public ProcessDetails ProcessDetails(int pid) =>
        _details.Read(pid) ?? throw new IpcException(IpcErrorCode.InvalidParams, $"There is no process {pid}.");
}
