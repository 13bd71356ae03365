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
        public static OrielAppBuilder CreateBuilder() => CreateBuilder([]);

        /// <summary>Creates the builder of an application on the engine of this system, with the arguments of the program.</summary>
        /// <param name="args">
        /// What <c>Main</c> was given. With <c>--serve</c>, or <c>--serve http://127.0.0.1:5005</c>, a program of components serves browsers
        /// instead of opening windows, and needs neither a display nor the engine.
        /// </param>
        /// <exception cref="ArgumentException">What follows <c>--serve</c> is no address that can be served.</exception>
        public static OrielAppBuilder CreateBuilder(string[] args) => new(SelectEngine, OperatingSystem.IsLinux() ? GtkEngine.Preload : null, args);
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
