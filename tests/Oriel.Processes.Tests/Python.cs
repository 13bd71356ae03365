namespace Oriel.Processes.Tests;

/// <summary>Back ends whose program is <c>Assets/backend.py</c>.</summary>
internal static class Python
{
    public static string Script { get; } = Path.Combine(AppContext.BaseDirectory, "Assets", "backend.py");

    public static ProcessBackendOptions Options(string mode = "plain", string name = "backend") => new()
    {
        Program = "python3",
        Arguments = [Script, mode],
        Name = name,

        // The machine that runs the tests may be busy with others.
        ReadyTimeout = Soon.Limit,
    };

    public static ProcessBackendOptions OnStandardStreams(string mode = "plain") => Options(mode) with { Transport = BackendTransport.StandardStreams };

    /// <summary>One that is written with the Python package: <c>Assets/package.py</c>.</summary>
    public static ProcessBackendOptions Package() => Options() with
    {
        Arguments = [Path.Join(AppContext.BaseDirectory, "Assets", "package.py")],
        Environment = new Dictionary<string, string?> { ["PYTHONPATH"] = Path.Join(AppContext.BaseDirectory, "python") },
    };

    public static ProcessBackend Backend(string mode = "plain", string name = "backend") => new(Options(mode, name));
}
