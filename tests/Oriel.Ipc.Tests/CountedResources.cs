namespace Oriel.Ipc.Tests;

/// <summary>Tests that count what the process holds, or change its environment: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountedResources
{
    public const string Name = "Counted resources";

    /// <summary>Waits until what a test has opened is closed again.</summary>
    internal static async Task AssertBackAsync(int descriptors, int threads)
    {
        // The runtime keeps a few of its own from the first socket and the first process on.
        const int Runtime = 4;
        var deadline = Environment.TickCount64 + (long)Soon.Limit.TotalMilliseconds;
        while (Threads > threads || Descriptors > descriptors + Runtime)
        {
            Assert.True(Environment.TickCount64 < deadline, $"{Threads} threads of channels (before: {threads}) and {Descriptors} sockets and pipes (before: {descriptors}) are left.");
            await Task.Delay(1);
        }
    }

    /// <summary>The sockets and pipes of this process; the files that it has open are assemblies, which come as they are needed.</summary>
    internal static int Descriptors => Directory.GetFileSystemEntries("/proc/self/fd").Count(static link =>
        new FileInfo(link).LinkTarget is { } target && (target.Contains("socket:", StringComparison.Ordinal) || target.Contains("pipe:", StringComparison.Ordinal)));

    /// <summary>The threads of this process that channels have begun: their names begin with "ipc".</summary>
    internal static int Threads => Directory.GetDirectories("/proc/self/task").Count(static task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("ipc ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });
}
