using Oriel;

namespace Gallery.Backend;

/// <summary>The back end in Python: <c>backend.py</c>, which lies beside the program with the package that it imports.</summary>
internal static class PythonBackend
{
    /// <summary>Creates it. It starts when the page asks for it, so that the window opens as fast as without.</summary>
    /// <param name="program">The interpreter.</param>
    public static ProcessBackend Create(string? program = null)
    {
        var folder = Path.Join(AppContext.BaseDirectory, "backend");
        return new ProcessBackend(new ProcessBackendOptions
        {
            Program = program ?? (OperatingSystem.IsWindows() ? "python" : "python3"),
            Arguments = [Path.Join(folder, "backend.py")],
            Environment = new Dictionary<string, string?>
            {
                ["PYTHONPATH"] = folder,

                // The program's folder may belong to somebody else.
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            },
            StartsItself = false,
            AllowedCommands = [],
        });
    }
}
