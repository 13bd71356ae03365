using System.Diagnostics.CodeAnalysis;
using Oriel.Engines;
using Oriel.Engines.Gtk;

namespace Oriel;

/// <summary>Adds the system's own engine to <see cref="OrielApp"/>.</summary>
public static class OrielAppExtensions
{
    extension(OrielApp)
    {
        /// <summary>Creates the builder of an application on the engine of this system.</summary>
        public static OrielAppBuilder CreateBuilder() => new(SelectEngine, OperatingSystem.IsLinux() ? GtkEngine.Preload : null);
    }

    [SuppressMessage("Performance", "CA1859", Justification = "Which engine it is depends on the system.")]
    private static IEngine SelectEngine()
    {
        if (OperatingSystem.IsLinux())
        {
            return new GtkEngine();
        }

        throw new EngineUnavailableException("This version of Oriel has an engine for Linux (WebKitGTK) alone. Those for Windows and macOS are not written yet.");
    }
}
