namespace Oriel.Testing;

/// <summary>A document that is still to come. Thread-safe.</summary>
/// <remarks>A load that failed is told to whoever asks, until the next load begins.</remarks>
internal sealed class PagePromise
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<HeadlessPage> _page = Create();
    private bool _isClosed;

    public Task<HeadlessPage> Page
    {
        get
        {
            lock (_gate)
            {
                return _page.Task;
            }
        }
    }

    /// <summary>A load begins: what became of the one before does not matter any more.</summary>
    public Task<HeadlessPage> Renew()
    {
        lock (_gate)
        {
            if (_page.Task.IsFaulted && !_isClosed)
            {
                _page = Create();
            }

            return _page.Task;
        }
    }

    public void Fail(Exception exception)
    {
        lock (_gate)
        {
            _page.TrySetException(exception);
        }
    }

    /// <summary>No document will come any more.</summary>
    public void Close(Exception exception)
    {
        lock (_gate)
        {
            _isClosed = true;
            _page.TrySetException(exception);
        }
    }

    /// <summary>The document is there; the promise is kept once it has been loaded.</summary>
    public void Keep(HeadlessPage page)
    {
        TaskCompletionSource<HeadlessPage> promise;
        lock (_gate)
        {
            promise = _page;
        }

        _ = KeepAsync();

        async Task KeepAsync()
        {
            try
            {
                promise.TrySetResult(await page.SettledAsync().ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                promise.TrySetException(exception);
            }
        }
    }

    private static TaskCompletionSource<HeadlessPage> Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
