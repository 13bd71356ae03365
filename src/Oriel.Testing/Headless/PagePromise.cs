namespace Oriel.Testing;

/// <summary>A document that is still to come.</summary>
/// <remarks>A load that fails is told to those who wait; who asks later waits for the load after it.</remarks>
internal sealed class PagePromise
{
    private TaskCompletionSource<HeadlessPage> _page = Create();

    public Task<HeadlessPage> Page => Volatile.Read(ref _page).Task;

    public void Fail(Exception exception) => Interlocked.Exchange(ref _page, Create()).TrySetException(exception);

    /// <summary>No document will come any more.</summary>
    public void Close(Exception exception) => Volatile.Read(ref _page).TrySetException(exception);

    /// <summary>The document is there; the promise is kept once it has been loaded.</summary>
    public void Keep(HeadlessPage page)
    {
        var promise = Volatile.Read(ref _page);
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
