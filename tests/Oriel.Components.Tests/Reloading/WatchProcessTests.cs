using Oriel.Components.Reloading;

namespace Oriel.Components.Tests;

public sealed class WatchProcessTests : IDisposable
{
    private readonly DirectoryInfo _processes = Directory.CreateTempSubdirectory("oriel-processes-");

    public void Dispose() => _processes.Delete(recursive: true);

    [Fact]
    public void The_watch_is_found_behind_the_run_that_it_has_started()
    {
        Add("self", parent: 30, "Counter");
        Add("30", parent: 20, "dotnet", "run", "--no-build");
        Add("20", parent: 10, "dotnet", "/sdk/dotnet-watch.dll", "--non-interactive");
        Add("10", parent: 0, "bash");

        Assert.Equal("20", WatchProcess.Find(_processes.FullName));
    }

    [Fact]
    public void Without_a_watch_there_is_none()
    {
        Add("self", parent: 10, "Counter");
        Add("10", parent: 0, "bash");

        Assert.Null(WatchProcess.Find(_processes.FullName));
        Assert.Null(WatchProcess.Find(Path.Join(_processes.FullName, "missing")));
    }

    private void Add(string process, int parent, params string[] arguments)
    {
        var folder = _processes.CreateSubdirectory(process).FullName;
        File.WriteAllText(Path.Join(folder, "status"), $"Name:\t{arguments[0]}\nPPid:\t{parent}\n");
        File.WriteAllText(Path.Join(folder, "cmdline"), $"{string.Join('\0', arguments)}\0");
    }
}
