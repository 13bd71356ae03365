using Oriel;

namespace Plugins;

/// <summary>A plug-in in another process: <c>statistics_plugin.py</c>, with the Python package that lies beside it.</summary>
internal static class StatisticsPlugin
{
    public static ProcessBackend Create() => new(new ProcessBackendOptions
    {
        Name = "statistics",
        Program = "python3",
        Arguments = [Path.Join(AppContext.BaseDirectory, "statistics_plugin.py")],
        Environment = new Dictionary<string, string?> { ["PYTHONPATH"] = Path.Join(AppContext.BaseDirectory, "python") },
    });
}
