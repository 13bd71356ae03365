using System.Reflection;
using Oriel.Ipc;

namespace Oriel.Components;

/// <summary>What trees of components are shown with.</summary>
public sealed partial class ComponentsOptions
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

    /// <summary>How long a call of JavaScript waits for its answer when it is given no token or time of its own; 1 minute by default, null for ever.</summary>
    public TimeSpan? JSCallTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Assemblies whose static methods with <c>[JSInvokable]</c> a page may call, besides those that hold components. Methods of objects are called by
    /// the <c>DotNetObjectReference</c> that the page was given, whatever their assembly.
    /// </summary>
    public ISet<Assembly> JSInvokableAssemblies { get; } = new HashSet<Assembly>();

    /// <summary>How long the components of a session that has ended, and then its services, may take to dispose of themselves.</summary>
    internal TimeSpan DisposalTimeout { get; set; } = TimeSpan.FromSeconds(10);

    private static bool IsSet(string variable) =>
        string.Equals(Environment.GetEnvironmentVariable(variable), "Development", StringComparison.OrdinalIgnoreCase);
}
