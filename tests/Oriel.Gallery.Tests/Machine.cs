using Gallery.Monitor;

namespace Oriel.Gallery.Tests;

/// <summary>A proc file system that a test writes.</summary>
internal sealed class Machine : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public MonitorPaths Paths => new()
    {
        Proc = Folder.Path,
        Passwd = Folder.Join("etc/passwd"),
        OsRelease = Folder.Join("etc/os-release"),
    };

    public void Write(string path, string text) => Folder.Write(path, text);

    public void WriteProcess(
        int pid,
        string name = "worker",
        char state = 'S',
        ulong cpuTicks = 0,
        ulong startTicks = 100,
        int user = 0,
        string command = "/usr/bin/worker\0--fast\0")
    {
        Write(
            $"{pid}/stat",
            $"{pid} ({name}) {state} 1 1 1 0 -1 4194304 102 0 0 0 "
            + $"{cpuTicks} 0 0 0 20 -5 3 0 {startTicks} 3133440 10 18446744073709551615 0\n");
        Write($"{pid}/status", $"Name:\t{name}\nUmask:\t0022\nUid:\t{user}\t{user}\t{user}\t{user}\nGid:\t0\t0\t0\t0\n");
        Write($"{pid}/cmdline", command);
    }

    public void EndProcess(int pid) => Directory.Delete(Folder.Join($"{pid}"), recursive: true);

    public void Dispose() => Folder.Dispose();
}
