using Oriel.Ipc;

namespace Oriel;

/// <summary>What an application is built with.</summary>
public sealed record AppOptions
{
    /// <summary>The application's name, for the window system; the program's by default.</summary>
    public string ApplicationName { get; init; } = AppDomain.CurrentDomain.FriendlyName;

    /// <summary>
    /// Whether errors show their stack traces to the page and the developer tools can be opened. By default when
    /// <c>DOTNET_ENVIRONMENT</c> is <c>Development</c>.
    /// </summary>
    public bool IsDevelopment { get; init; } =
        string.Equals(Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"), "Development", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether <see cref="OrielApp.Run"/> ends with the last window; otherwise only <see cref="OrielApp.Quit"/> ends it.</summary>
    public bool QuitsWithLastWindow { get; init; } = true;

    /// <summary>
    /// How long the end of the application waits for plug-ins and back ends, which end at the same time; 20 s by default. The log names those
    /// that have not ended by then; back ends are killed, plug-ins of this process left behind.
    /// </summary>
    public TimeSpan ExitTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What is accepted from pages.</summary>
    public IpcLimits Limits { get; init; } = IpcLimits.Default;

    /// <summary>The Content-Security-Policy of the app's pages; null for the default, which allows the app's own files and schemes alone.</summary>
    public string? ContentSecurityPolicy { get; init; }
}
