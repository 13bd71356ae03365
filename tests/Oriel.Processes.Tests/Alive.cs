using System.Globalization;

namespace Oriel.Processes.Tests;

/// <summary>Whether processes run. One that has ended and was not collected by its parent does not.</summary>
internal static class Alive
{
    public static bool Is(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The processes of a group, those that have ended left out.</summary>
    public static IReadOnlyList<int> InGroup(int leader) =>
        [.. from folder in Directory.EnumerateDirectories("/proc")
            let pid = int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0
            where pid > 0 && GroupOf(pid) == leader && Is(pid)
            select pid];

    public static Task GoneAsync(int pid) => Soon.UntilAsync(() => !Is(pid));

    /// <summary>What a process runs, every part with a NUL after it; empty when it has ended.</summary>
    public static string CommandLineOf(int pid)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static int GroupOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
