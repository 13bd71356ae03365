namespace Oriel.Engines;

/// <summary>A web engine and the windows of its platform; one a process.</summary>
/// <remarks>
/// Everything but <see cref="Dispatcher"/> belongs to the thread that called <see cref="Start"/>, the UI thread.
/// What the members are in each engine stands in docs/engines.md.
/// </remarks>
public interface IEngine : IDisposable
{
    /// <summary>The engine and its version, for people.</summary>
    string Name { get; }

    /// <summary>What it can do.</summary>
    EngineFeatures Features { get; }

    /// <summary>The queue of the UI thread.</summary>
    Dispatcher Dispatcher { get; }

    /// <summary>Starts the engine on this thread. Called once, before anything else.</summary>
    /// <exception cref="EngineUnavailableException">It cannot run here.</exception>
    void Start(EngineOptions options);

    /// <summary>Creates a window; it is shown when its page has painted for the first time.</summary>
    IEngineWindow CreateWindow(EngineWindowOptions options, IEngineWindowHandler handler);

    /// <summary>Runs the event loop until <see cref="Quit"/>.</summary>
    void Run();

    /// <summary>Handles what is pending and returns: for a host that has a loop of its own.</summary>
    /// <returns>Whether anything was pending.</returns>
    bool Tick();

    /// <summary>Ends <see cref="Run"/>.</summary>
    void Quit();

    /// <summary>Opens an address in the system's browser or mail program.</summary>
    void OpenExternal(Uri address);
}
