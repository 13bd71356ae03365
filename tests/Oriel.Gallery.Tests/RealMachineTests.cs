using System.Diagnostics;
using Gallery.Monitor;

namespace Oriel.Gallery.Tests;

public sealed class RealMachineTests
{
    private static readonly MonitorPaths Paths = new();

    public RealMachineTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "The monitor reads /proc, which only Linux has.");

    [Fact]
    public void The_real_machine_has_cores_memory_and_a_root()
    {
        var reader = new SystemReader(Paths, TimeProvider.System);
        reader.Read();

        var sample = reader.Read();

        Assert.NotEmpty(sample.Cpu.Cores);
        Assert.InRange(sample.Memory.Used, 1, sample.Memory.Total);
        Assert.Contains(sample.Disks, disk => disk.Mount == "/" && disk.Used <= disk.Total && disk.Total > 0);
        Assert.True(sample.Uptime > 0);
    }

    [Fact]
    public void This_process_is_found_among_the_real_ones()
    {
        using var self = Process.GetCurrentProcess();

        var list = new ProcessReader(Paths, TimeProvider.System, new UserNames(Paths)).Read();

        var sample = Assert.Single(list.Processes, process => process.Pid == Environment.ProcessId);
        Assert.Equal(Environment.UserName, sample.User);
        Assert.True(sample.Threads > 1);
        Assert.InRange(sample.Memory, self.WorkingSet64 / 2, self.WorkingSet64 * 2);
    }

    [Fact]
    public void The_details_of_this_process_agree_with_the_runtime()
    {
        using var self = Process.GetCurrentProcess();

        var details = new ProcessDetailsReader(Paths, new UserNames(Paths)).Read(Environment.ProcessId);

        Assert.NotNull(details);
        Assert.Equal(Environment.ProcessPath, details.Executable);
        Assert.Equal(Environment.CurrentDirectory, details.Directory);
        Assert.True(details.OpenFiles > 2);
        Assert.InRange(details.StartTime - self.StartTime, TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void The_details_of_a_process_of_another_user_lack_what_is_forbidden()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "An administrator may read everything.");

        var details = new ProcessDetailsReader(Paths, new UserNames(Paths)).Read(1);

        Assert.NotNull(details);
        Assert.Equal((null, null, null), (details.Executable, details.Directory, details.OpenFiles));
    }

    [Fact]
    public void The_real_machine_has_a_description()
    {
        var info = new SystemInfoReader(Paths).Read("none");

        string[] texts = [info.Hostname, info.Os, info.Kernel, info.CpuModel, info.Runtime, info.User];
        Assert.DoesNotContain("", texts);
        Assert.InRange(info.BootTime, DateTimeOffset.UnixEpoch.AddYears(30), DateTimeOffset.UtcNow);
    }
}
