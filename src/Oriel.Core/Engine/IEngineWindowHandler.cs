using Oriel.Protocols;

namespace Oriel.Engines;

/// <summary>What an engine tells of a window. Called on the UI thread; nothing here waits, and no user code runs inside.</summary>
public interface IEngineWindowHandler
{
    /// <summary>The isolated script posted a message.</summary>
    /// <param name="message">UTF-8, as large as the page made it; valid during the call.</param>
    /// <param name="reply">Settles the page's promise, now or later, exactly once.</param>
    void OnMessage(ReadOnlyMemory<byte> message, IEngineReply reply);

    /// <summary>A page of the window asks for a resource of one of <see cref="EngineOptions.Schemes"/>.</summary>
    void OnRequest(ProtocolRequest request, IProtocolResponder responder);

    /// <summary>Decides whether the top frame or a child frame may go to an address.</summary>
    bool OnNavigating(NavigationRequest request);

    /// <summary>The page wants a new window, which it never gets from the engine itself.</summary>
    void OnNewWindow(string address, bool isUserGesture);

    /// <summary>A new document has replaced the one before in the top frame.</summary>
    void OnDocumentCommitted(string address);

    /// <summary>A load ended, with an error text where it failed.</summary>
    void OnLoadFinished(string address, string? error);

    /// <summary>The document's title changed.</summary>
    void OnTitleChanged(string title);

    /// <summary>The web process of the page is gone.</summary>
    void OnProcessFailed(string reason);

    /// <summary>The user wants to close the window.</summary>
    /// <returns>Whether it may close.</returns>
    bool OnClosing();

    /// <summary>The native window is gone. Nothing is told after this.</summary>
    void OnClosed();

    /// <summary>The window's size, state or focus changed.</summary>
    void OnStateChanged(WindowSize size, WindowState state, bool isFocused);

    /// <summary>The window became visible to the user for the first time, with what its page painted.</summary>
    void OnShown();
}
