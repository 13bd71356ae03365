namespace Oriel.Ipc.Tests;

/// <summary>Tests that count what the process holds, or change its environment: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountedResources
{
    public const string Name = "Counted resources";

    /// <summary>The file descriptors of this process.</summary>
    internal static int Descriptors => Directory.GetFileSystemEntries("/proc/self/fd").Length;

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
