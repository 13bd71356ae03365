using Oriel.Engines;

namespace Oriel.Testing;

/// <summary>A window that nobody sees. UI thread.</summary>
internal sealed class HeadlessWindow : IEngineWindow
{
    private readonly HeadlessEngine _engine;
    private readonly EngineWindowOptions _options;
    private readonly IEngineWindowHandler _handler;
    private WindowSize _size;
    private WindowState _state;
    private bool _isFocused;
    private bool _isShown;
    private bool _isClosed;

    public HeadlessWindow(HeadlessEngine engine, EngineWindowOptions options, IEngineWindowHandler handler)
    {
        _engine = engine;
        _options = options;
        _handler = handler;
        _size = options.Size;
        View = new HeadlessWebView(engine, options, handler, ShowPainted);

        // Not before the window is known to who makes it.
        _engine.Dispatcher.Post(() => View.Navigate(options.Address));
    }

    public IEngineWebView WebView => View;

    public HeadlessWebView View { get; }

    public nint Handle => 0;

    public void SetTitle(string title)
    {
    }

    public void SetSize(WindowSize size)
    {
        _size = size;
        TellState();
    }

    public void Show()
    {
        if (!_isShown && !_isClosed)
        {
            _isShown = true;
            _handler.OnShown();
            Focus();
        }
    }

    public void Hide()
    {
        _isFocused = false;
        TellState();
    }

    public void Focus()
    {
        _isFocused = true;
        TellState();
    }

    public void SetState(WindowState state)
    {
        _state = state;
        TellState();
    }

    public void Close()
    {
        if (!_isClosed && _handler.OnClosing())
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _engine.Remove(this);
        View.Close();
        _handler.OnClosed();
    }

    private void ShowPainted()
    {
        if (_options.ShowsItself)
        {
            Show();
        }
    }

    private void TellState()
    {
        if (!_isClosed)
        {
            _handler.OnStateChanged(_size, _state, _isFocused);
        }
    }
}
