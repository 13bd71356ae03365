namespace Oriel.Processes;

/// <summary>Finds programs as a shell does, so that one that is missing is told before anything was started.</summary>
internal static class ProgramPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The absolute path of a program; null when there is none.</summary>
    /// <param name="program">A name, looked for in the search path, or a path.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    /// <param name="searchPath">The folders to search, as in <c>PATH</c>.</param>
    public static string? Find(string program, string folder, string? searchPath)
    {
        if (program.Contains('/'))
        {
            var path = Path.GetFullPath(program, folder);
            return IsProgram(path) ? path : null;
        }

        // Relative entries are left out: what runs must not depend on the folder that one happens to be in.
        return (searchPath ?? "").Split(':')
            .Where(static entry => entry.StartsWith('/'))
            .Select(entry => Path.Combine(entry, program))
            .FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path)
    {
        try
        {
            return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
