using Oriel.Engines;
using Oriel.Protocols;

namespace Oriel;

// What the engine tells. Nothing of the user's runs inside of these: events are posted.
public sealed partial class Window
{
    private sealed class Handler(Window window) : IEngineWindowHandler
    {
        private readonly Dispatcher _dispatcher = window._app.Dispatcher;

        public void OnMessage(ReadOnlyMemory<byte> message, IEngineReply reply) => window._page.Receive(message, reply);

        public void OnRequest(ProtocolRequest request, IProtocolResponder responder) => window._app.Router.Route(window, request, responder);

        public bool OnNavigating(NavigationRequest request) => window._page.Allows(request);

        public void OnNewWindow(string address, bool isUserGesture) => window._page.OpenOutside(address, isUserGesture);

        public void OnDocumentCommitted(string address)
        {
            window.Url = address;
            window._page.Commit();
        }

        public void OnLoadFinished(string address, string? error) =>
            _dispatcher.Post(() => window.LoadFinished?.Invoke(window, new LoadFinishedEventArgs(address, error)));

        public void OnTitleChanged(string title)
        {
            if (title.Length == 0 || title == window._title)
            {
                return;
            }

            window.Title = title;
            _dispatcher.Post(() => window.TitleChanged?.Invoke(window, EventArgs.Empty));
        }

        public void OnProcessFailed(string reason)
        {
            window._page.End();
            window._app.Log.Value.ProcessFailed(window.Id, reason);
            _dispatcher.Post(() => window.ProcessFailed?.Invoke(window, new ProcessFailedEventArgs(reason)));
        }

        public bool OnClosing() => window.MayCloseNow();

        public void OnClosed() => window.HandleClosed();

        public void OnStateChanged(WindowSize size, WindowState state, bool isFocused)
        {
            if (window._size == size && window._state == state && window.IsFocused == isFocused)
            {
                return;
            }

            window._size = size;
            window._state = state;
            window.IsFocused = isFocused;
            _dispatcher.Post(() => window.StateChanged?.Invoke(window, EventArgs.Empty));
        }

        public void OnShown()
        {
            window.IsShown = true;
            _dispatcher.Post(() => window.Shown?.Invoke(window, EventArgs.Empty));
        }
    }
}
