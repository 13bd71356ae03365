using Oriel.Engines;

namespace Oriel;

// The page that the window shows.
public sealed partial class Window
{
    /// <summary>Raised when a document has its bridge: what is emitted from now on reaches it.</summary>
    public event EventHandler? DocumentReady;

    /// <summary>Raised when a load ended, well or not.</summary>
    public event EventHandler<LoadFinishedEventArgs>? LoadFinished;

    /// <summary>Raised when the title changed.</summary>
    public event EventHandler? TitleChanged;

    /// <summary>Raised when the web process is gone; <see cref="Reload"/> brings the page back in a new one.</summary>
    public event EventHandler<ProcessFailedEventArgs>? ProcessFailed;

    /// <summary>The address of the document in the window.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Completes when the window has a document with a bridge; at once when it has.</summary>
    /// <exception cref="InvalidOperationException">The window was closed before.</exception>
    public Task WhenReadyAsync(CancellationToken cancellationToken = default) => _page.Ready.WaitAsync(cancellationToken);

    /// <summary>Loads an address.</summary>
    /// <param name="url">A path of the app's assets (<c>settings.html</c>), an address of the app (<c>oriel://app/...</c>), or a foreign one.</param>
    /// <param name="bridge">
    /// Grants the bridge to the address's origin, exactly, in this window and for its life: its pages may then use everything that does not ask
    /// for a capability, or, where the origin has grants of capabilities or the window a list, no more than these say.
    /// The app's own origin has a bridge anyway.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The address is of an origin that this window cannot show (<see cref="OrielApp.Origins"/>), or has none that could be granted a bridge.
    /// </exception>
    public void LoadUrl(string url, bool bridge = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);

        var address = _page.Resolve(url);
        _page.CheckHome(address);
        if (bridge)
        {
            _page.Grant(address);
        }

        OnNative(native =>
        {
            _page.Expect(address);

            if (bridge)
            {
                native.WebView.AddBridgeOrigin(Security.Origin.Of(address)!);
            }

            native.WebView.Navigate(address);
        });
    }

    /// <summary>Loads the document again.</summary>
    public void Reload() => OnNative(static native => native.WebView.Reload());

    /// <summary>Goes back in the window's history.</summary>
    public void GoBack() => OnNative(static native => native.WebView.GoBack());

    /// <summary>Goes forward in the window's history.</summary>
    public void GoForward() => OnNative(static native => native.WebView.GoForward());

    /// <summary>Runs the body of an async function in the page.</summary>
    /// <param name="body">JavaScript that may <c>await</c> and <c>return</c>.</param>
    /// <returns>The result as JSON.</returns>
    /// <exception cref="ScriptException">The script threw.</exception>
    public Task<string> EvaluateAsync(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return OnWebView(view => view.EvaluateAsync(body));
    }

    /// <summary>Takes a picture of the visible part of the page.</summary>
    /// <returns>A PNG file.</returns>
    public Task<byte[]> SnapshotAsync() => OnWebView(static view => view.SnapshotAsync());

    /// <summary>Opens the developer tools.</summary>
    public void ShowDevTools() => OnNative(static native => native.WebView.ShowDevTools());

    internal void RaiseDocumentReady() => _app.Dispatcher.Post(() => DocumentReady?.Invoke(this, EventArgs.Empty));
}
