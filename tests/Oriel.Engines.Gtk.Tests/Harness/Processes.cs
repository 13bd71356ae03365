using System.Globalization;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>What /proc tells of this process and its WebKit children.</summary>
internal static class Processes
{
    /// <summary>The web processes that this process has started.</summary>
    public static HashSet<int> Web() => [.. Children().Where(static pid => NameOf(pid).StartsWith("WebKitWebProc", StringComparison.Ordinal))];

    /// <summary>The processes that this process has started.</summary>
    public static IEnumerable<int> Children() =>
        Directory.EnumerateDirectories("/proc")
            .Select(static folder => int.TryParse(Path.GetFileName(folder.AsSpan()), out var pid) ? pid : 0)
            .Where(static pid => pid > 0 && ParentOf(pid) == Environment.ProcessId);

    /// <summary>Memory that is the process's own, in bytes; 0 when it has ended.</summary>
    public static long PrivateBytes(int pid)
    {
        try
        {
            return File.ReadLines($"/proc/{pid}/smaps_rollup")
                .Where(static line => line.StartsWith("Private_", StringComparison.Ordinal))
                .Sum(static line => long.Parse(line.AsSpan(line.IndexOf(':') + 1).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) * 1024);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>How many files a process has open.</summary>
    public static int OpenFiles(int pid) => Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length;

    /// <summary>What a process has open: a path, or <c>socket:[inode]</c>.</summary>
    public static IEnumerable<string> Targets(int pid)
    {
        foreach (var file in Directory.GetFileSystemEntries($"/proc/{pid}/fd"))
        {
            var target = "";
            try
            {
                target = File.ResolveLinkTarget(file, returnFinalTarget: false)?.FullName;
            }
            catch (IOException)
            {
                // It was closed meanwhile.
            }

            yield return Path.GetFileName(target) ?? "";
        }
    }

    /// <summary>Managed memory after a full collection.</summary>
    public static long ManagedBytes()
    {
        for (var round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    // The name stands in parentheses, and may hold some itself: pid (name) state ppid ...
    private static int ParentOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var state = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return state[0] == "Z" ? 0 : int.Parse(state[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string NameOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/comm");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
