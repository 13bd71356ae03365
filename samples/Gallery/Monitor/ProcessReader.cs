using System.Globalization;
using System.IO.Enumeration;

namespace Gallery.Monitor;

/// <summary>Reads the processes of the machine; every list tells the load since the one before.</summary>
/// <remarks>
/// One file is opened for each process; what seldom changes (user, command line) is read when a process appears, when
/// its name changes, and at every 32nd list. Measured on two cores: 519 processes in 5.6 ms, and 70 KB, of which the
/// list itself is 38. Not thread-safe.
/// </remarks>
public sealed class ProcessReader(MonitorPaths paths, TimeProvider time, UserNames users)
{
    private const int RenewalPeriod = 32;
    private const int MaximumCommandLength = 512;

    // Attributes that have to be skipped cost a stat() for each entry.
    private static readonly EnumerationOptions Options = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    private readonly Dictionary<int, Process> _processes = [];
    private readonly ProcFile _file = new();
    private long? _previous;
    private int _sweep;

    /// <summary>Reads the processes now. In a first list every load is zero.</summary>
    /// <remarks>A process that ends meanwhile is left out.</remarks>
    public ProcessList Read()
    {
        var now = time.GetTimestamp();
        var elapsed = _previous is { } previous ? time.GetElapsedTime(previous, now) : TimeSpan.Zero;
        _previous = now;
        _sweep++;

        var samples = new List<ProcessSample>(_processes.Count + 8);
        if (Directory.Exists(paths.Proc))
        {
            foreach (var pid in ProcessIds())
            {
                if (pid > 0 && TryRead(pid, elapsed, out var sample))
                {
                    samples.Add(sample);
                }
            }
        }

        Forget();
        return new ProcessList(time.GetUtcNow().ToUnixTimeMilliseconds(), samples);
    }

    /// <summary>The numbers of the processes, and a zero for every other entry of the folder; makes no strings.</summary>
    private FileSystemEnumerable<int> ProcessIds() => new(
        paths.Proc,
        static (ref FileSystemEntry entry) =>
            int.TryParse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0,
        Options);

    private bool TryRead(int pid, TimeSpan elapsed, out ProcessSample sample)
    {
        var known = _processes.GetValueOrDefault(pid);
        var folder = known?.Folder ?? new ProcessFolder(paths.Proc, pid);

        if (!ProcessStat.TryParse(_file.Read(folder.Stat), out var stat))
        {
            sample = default;
            return false;
        }

        if (known is null || known.StartTicks != stat.StartTicks)
        {
            known = new Process(folder, stat.StartTicks);
            _processes[pid] = known;
        }

        // The ticks before the first sweep are nobody's load; those of a process that began after it are its own.
        var cpu = elapsed > TimeSpan.Zero
            ? Counter.Growth(known.CpuTicks, stat.CpuTicks) / (elapsed.TotalSeconds * BootClock.TicksPerSecond)
            : 0;

        known.CpuTicks = stat.CpuTicks;
        known.Sweep = _sweep;

        // A program that runs another keeps its start time but not its name; one that changes its user or its command
        // line keeps both, hence the renewal, of some of the processes each time.
        if (!known.Name.Is(stat.Name) || (pid + _sweep) % RenewalPeriod == 0)
        {
            known.Name = new KernelName(stat.Name);
            known.User = folder.ReadUser(_file) is { } user ? users.Of(user) : "";
            known.Command = folder.ReadCommand(_file, MaximumCommandLength) ?? $"[{known.Name.Text}]";
        }

        sample = new ProcessSample(
            pid,
            stat.ParentId,
            known.Name.Text,
            known.User,
            stat.State,
            Counter.Share(cpu),
            stat.Memory,
            stat.Threads,
            known.Command);

        return true;
    }

    private void Forget()
    {
        foreach (var (pid, process) in _processes)
        {
            if (process.Sweep != _sweep)
            {
                _processes.Remove(pid);
            }
        }
    }

    private sealed class Process(ProcessFolder folder, ulong startTicks)
    {
        public ProcessFolder Folder => folder;

        public ulong StartTicks => startTicks;

        public KernelName Name { get; set; }

        public string User { get; set; } = "";

        public string Command { get; set; } = "";

        public ulong CpuTicks { get; set; }

        public int Sweep { get; set; }
    }
}
