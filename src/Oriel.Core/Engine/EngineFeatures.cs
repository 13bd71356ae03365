namespace Oriel.Engines;

/// <summary>What not every engine can do.</summary>
[Flags]
public enum EngineFeatures
{
    /// <summary>Nothing beyond the contract.</summary>
    None = 0,

    /// <summary>The bridge lives in a script world that the page cannot reach. Without it a sender is told by its frame and source.</summary>
    IsolatedWorld = 1 << 0,

    /// <summary>A body of unknown length reaches the page piece by piece. Without it messages go down by <see cref="IEngineWebView.Post"/>.</summary>
    StreamedResponses = 1 << 1,

    /// <summary>The page's requests carry their bodies, of any size.</summary>
    RequestBodies = 1 << 2,

    /// <summary><see cref="IEngineWebView.SnapshotAsync"/>.</summary>
    Snapshot = 1 << 3,

    /// <summary><see cref="IEngineWebView.ShowDevTools"/>.</summary>
    DevTools = 1 << 4,

    /// <summary>Windows share one web process.</summary>
    SharedProcess = 1 << 5,

    /// <summary>JavaScript runs in the page: <see cref="IEngineWebView.EvaluateAsync"/>.</summary>
    Scripts = 1 << 6,
}
