namespace Oriel.Engines.Gtk;

// When the window appears. (Apart from the rest: an unsafe part cannot await.)
internal sealed partial class GtkEngineWindow
{
    private bool _isPainted;
    private bool _isWatchingHidden;
    private bool _isWatchingPainting;

    private void HandlePainted()
    {
        _isPainted = true;
        ShowPainted();

        // A timer that nobody needs any more would still wake an idle process.
        _watching.Cancel();
    }

    // A page without the bridge does not tell when it has painted: it is shown when it is loaded.
    private void HandleLoaded()
    {
        if (!View.IsBridged)
        {
            HandlePainted();
        }
    }

    // From the start of the first load: a server that does not answer, or a style sheet that never ends, would keep the window
    // from its user for ever.
    private void WatchHidden()
    {
        if (!_isWatchingHidden && !_isPainted)
        {
            _isWatchingHidden = true;
            _ = ShowInTimeAsync();
        }
    }

    private void WatchPainting()
    {
        if (!_isWatchingPainting && !_isPainted && View.IsBridged)
        {
            _isWatchingPainting = true;
            _ = ReportInTimeAsync();
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
    private async Task ShowInTimeAsync()
    {
        if (await IsStillWaitingAfterAsync(_engine.Options.HiddenTimeout))
        {
            ShowPainted();
        }
    }

    private async Task ReportInTimeAsync()
    {
        if (await IsStillWaitingAfterAsync(_engine.Options.PaintTimeout))
        {
            _engine.ReportError(new PaintTimeoutException(View.Address, _engine.Options.PaintTimeout, _engine.RendererSetting));
        }
    }

    // Neither painted nor closed meanwhile.
    private async Task<bool> IsStillWaitingAfterAsync(TimeSpan delay)
    {
        await Task.Delay(delay, _watching.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return !_watching.IsCancellationRequested;
    }
}
