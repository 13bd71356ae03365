namespace Oriel.Engines.Gtk;

// When the window appears. (Apart from the rest: an unsafe part cannot await.)
internal sealed partial class GtkEngineWindow
{
    private bool _isPainted;
    private bool _isWatchingPainting;

    private void HandlePainted()
    {
        _isPainted = true;
        ShowPainted();
    }

    private void WatchPainting()
    {
        if (!_isWatchingPainting)
        {
            _isWatchingPainting = true;
            _ = WatchPaintingAsync();
        }
    }

    private void ShowPainted()
    {
        if (!_isShown && _options.ShowsItself)
        {
            Show();
        }
    }

    // A page that never paints must not leave the user without a window, nor the developer without a word.
    private async Task WatchPaintingAsync()
    {
        try
        {
            await Task.Delay(_engine.Options.HiddenTimeout, _closed.Token);
            if (_isPainted)
            {
                return;
            }

            ShowPainted();
            await Task.Delay(_engine.Options.PaintTimeout - _engine.Options.HiddenTimeout, _closed.Token);
            if (!_isPainted)
            {
                _engine.ReportError(new PaintTimeoutException(View.Address, _engine.Options.PaintTimeout, _engine.RendererSetting));
            }
        }
        catch (OperationCanceledException)
        {
            // The window was closed first, or the page painted.
        }
    }
}
