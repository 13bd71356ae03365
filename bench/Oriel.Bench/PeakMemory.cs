using System.Globalization;

namespace Oriel.Bench;

/// <summary>How far the resident memory of a process grows from now on.</summary>
/// <remarks>The system's own high-water mark, so that no peak is missed between two looks.</remarks>
internal sealed class PeakMemory
{
    private readonly int _process;
    private readonly long _before;

    public PeakMemory(int process)
    {
        _process = process;

        // Forgets the peaks before now: see proc(5).
        File.WriteAllText($"/proc/{process}/clear_refs", "5");
        _before = Kilobytes("VmRSS:");
    }

    /// <summary>Of 1,048,576 bytes.</summary>
    public double GrowthMegabytes => Math.Max(0, Kilobytes("VmHWM:") - _before) / 1024.0;

    /// <summary>The process of this program's page.</summary>
    public static int FindWebProcess()
    {
        var parents = new Dictionary<int, int>();
        var candidates = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && Status(process) is { } status)
            {
                parents[process] = int.Parse(Value(status, "PPid:"), CultureInfo.InvariantCulture);
                if (Value(status, "Name:").StartsWith("WebKitWeb", StringComparison.Ordinal))
                {
                    candidates.Add(process);
                }
            }
        }

        return candidates.Single(IsOurs);

        bool IsOurs(int process)
        {
            while (process != Environment.ProcessId)
            {
                if (!parents.TryGetValue(process, out process))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private long Kilobytes(string name) => long.Parse(Value(Status(_process)!, name).Split(' ')[0], CultureInfo.InvariantCulture);

    // Null for a process that has ended meanwhile.
    private static string[]? Status(int process)
    {
        try
        {
            return File.ReadAllLines($"/proc/{process}/status");
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Value(string[] status, string name) =>
        status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
}
