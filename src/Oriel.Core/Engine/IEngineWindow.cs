namespace Oriel.Engines;

/// <summary>A native window. UI thread only.</summary>
public interface IEngineWindow : IDisposable
{
    /// <summary>What the window shows.</summary>
    IEngineWebView WebView { get; }

    /// <summary>The platform's handle (X11: the XID), or 0 where there is none, as on Wayland.</summary>
    nint Handle { get; }

    /// <summary>Sets the title.</summary>
    void SetTitle(string title);

    /// <summary>Sets the size of the content, in device-independent pixels.</summary>
    void SetSize(WindowSize size);

    /// <summary>Shows the window, whether or not it has painted.</summary>
    void Show();

    /// <summary>Hides the window; its page goes on.</summary>
    void Hide();

    /// <summary>Brings the window to the front and gives it the focus.</summary>
    void Focus();

    /// <summary>Asks for a state; what came of it is told by <see cref="IEngineWindowHandler.OnStateChanged"/>.</summary>
    void SetState(WindowState state);

    /// <summary>Closes the window as the user would, so that it can be refused.</summary>
    void Close();
}
