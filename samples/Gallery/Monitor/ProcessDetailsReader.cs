using System.Text;

namespace Gallery.Monitor;

/// <summary>Reads all that can be known of one process.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ProcessDetailsReader(MonitorPaths paths, UserNames users)
{
    /// <summary>Reads a process; null when there is none of that number.</summary>
    public ProcessDetails? Read(int pid)
    {
        var folder = new ProcessFolder(paths.Proc, pid);
        if (pid <= 0 || !ProcessStat.TryParse(new ProcFile().Read(folder.Stat), out var stat))
        {
            return null;
        }

        var file = new ProcFile();
        var name = Encoding.UTF8.GetString(stat.Name);

        return new ProcessDetails(
            Pid: pid,
            Ppid: stat.ParentId,
            Name: name,
            User: folder.ReadUser(file) is { } user ? users.Of(user) : "",
            State: stat.State,
            Command: folder.ReadCommand(file) ?? $"[{name}]",
            Executable: folder.ReadLink("exe"),
            Directory: folder.ReadLink("cwd"),
            StartTime: BootClock.Read(paths).AddSeconds((double)stat.StartTicks / BootClock.TicksPerSecond),
            Threads: stat.Threads,
            Memory: stat.Memory,
            VirtualMemory: stat.VirtualMemory,
            Priority: stat.Priority,
            Nice: stat.Nice,
            OpenFiles: folder.CountOpenFiles(),
            CpuTime: (double)stat.CpuTicks / BootClock.TicksPerSecond);
    }
}
