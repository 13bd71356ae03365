namespace Oriel.Engines;

/// <summary>The web view of a window. UI thread only.</summary>
public interface IEngineWebView
{
    /// <summary>The address of the document, as far as the engine knows.</summary>
    string Address { get; }

    /// <summary>Loads an address.</summary>
    void Navigate(string address);

    /// <summary>Loads the document again; also after its process failed.</summary>
    void Reload();

    /// <summary>Goes back in the history, where there is something.</summary>
    void GoBack();

    /// <summary>Goes forward in the history, where there is something.</summary>
    void GoForward();

    /// <summary>Runs the body of an async function in the page's world.</summary>
    /// <param name="body">JavaScript that may <c>await</c> and <c>return</c>.</param>
    /// <returns>The result as JSON: <c>null</c> for undefined.</returns>
    /// <exception cref="ScriptException">The script threw, or the result is not JSON.</exception>
    Task<string> EvaluateAsync(string body);

    /// <summary>Hands lines to the isolated script: the way down where responses are not streamed.</summary>
    void Post(ReadOnlySpan<byte> lines);

    /// <summary>Adds an origin whose documents get the bridge's scripts from their next load on.</summary>
    void AddBridgeOrigin(string origin);

    /// <summary>Paints the visible part of the page.</summary>
    /// <returns>A PNG file.</returns>
    /// <exception cref="EngineNotSupportedException">Without <see cref="EngineFeatures.Snapshot"/>.</exception>
    Task<byte[]> SnapshotAsync();

    /// <summary>Opens the developer tools.</summary>
    /// <exception cref="EngineNotSupportedException">Without <see cref="EngineFeatures.DevTools"/>.</exception>
    void ShowDevTools();
}
