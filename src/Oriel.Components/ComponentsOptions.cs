using Oriel.Ipc;

namespace Oriel.Components;

/// <summary>What trees of components are shown with.</summary>
public sealed class ComponentsOptions
{
    /// <summary>
    /// Whether the error page shows the details of an exception. By default when <c>DOTNET_ENVIRONMENT</c> or <c>ASPNETCORE_ENVIRONMENT</c> is
    /// <c>Development</c>.
    /// </summary>
    public bool IsDevelopment { get; set; } = IsSet("DOTNET_ENVIRONMENT") || IsSet("ASPNETCORE_ENVIRONMENT");

    /// <summary>Trees of components that may be shown at once, each of a window's document or a browser's; 1,024 by default.</summary>
    public int MaxSessions { get; set; } = 1_024;

    /// <summary>What is accepted from pages.</summary>
    public IpcLimits Limits { get; set; } = IpcLimits.Default;

    private static bool IsSet(string variable) =>
        string.Equals(Environment.GetEnvironmentVariable(variable), "Development", StringComparison.OrdinalIgnoreCase);
}
