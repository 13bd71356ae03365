namespace Oriel.Components.Reloading;

/// <summary>Finds the <c>dotnet watch</c> that has started a program: the same one over all restarts.</summary>
/// <remarks>It starts each by a <c>dotnet run</c> of its own, so that the parent of the program is another one every time.</remarks>
internal static class WatchProcess
{
    private const string Tool = "dotnet-watch.dll";

    // A shell script or two may stand between them.
    private const int MaxGenerations = 16;

    /// <summary>The number of the watch's process; null where that cannot be told.</summary>
    /// <param name="processes">The folder that the system shows its processes in: <c>/proc</c>.</param>
    public static string? Find(string processes = "/proc")
    {
        try
        {
            var process = "self";
            for (var generation = 0; generation < MaxGenerations && Parent(processes, process) is { } parent; generation++)
            {
                if (File.ReadAllText(Path.Join(processes, parent, "cmdline")).Split('\0').Any(static argument => Path.GetFileName(argument) == Tool))
                {
                    return parent;
                }

                process = parent;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is no such folder, or an ancestor has ended meanwhile.
        }

        return null;
    }

    private static string? Parent(string processes, string process) =>
        File.ReadLines(Path.Join(processes, process, "status")).FirstOrDefault(static line => line.StartsWith("PPid:", StringComparison.Ordinal))?["PPid:".Length..].Trim() is { Length: > 0 } parent && parent != "0"
            ? parent
            : null;
}
