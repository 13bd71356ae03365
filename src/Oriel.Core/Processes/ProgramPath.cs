using System.Buffers;

namespace Oriel.Processes;

/// <summary>Finds programs as a shell does, so that one that is missing is told before anything was started.</summary>
internal static class ProgramPath
{
    // On Windows a colon ends a drive's letter, and begins what is hidden behind a file.
    private static readonly SearchValues<char> Separators = SearchValues.Create(OperatingSystem.IsWindows() ? "/\\:" : "/");

    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The absolute path of a program; null when there is none.</summary>
    /// <param name="program">A name, looked for in the search path, or a path.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    /// <param name="searchPath">The folders to search, as in <c>PATH</c>.</param>
    /// <param name="extensions">What programs' names end with, as in <c>PATHEXT</c>, which may be left out; null where they end with anything.</param>
    public static string? Find(string program, string folder, string? searchPath, string? extensions = null)
    {
        string[] known = extensions?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [""];
        string[] endings = Array.Exists(known, ending => program.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? [""] : known;
        if (IsPath(program))
        {
            return Match(Path.GetFullPath(program, folder));
        }

        // Relative entries are left out: what runs must not depend on the folder that one happens to be in.
        return (searchPath ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(entry => Match(Path.Combine(entry, program)))
            .FirstOrDefault(static path => path is not null);

        string? Match(string path) => endings.Select(ending => path + ending).FirstOrDefault(IsProgram);
    }

    /// <summary>Whether it is a path, which is not looked for in <c>PATH</c>.</summary>
    public static bool IsPath(string program) => program.AsSpan().IndexOfAny(Separators) >= 0;

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
