namespace Oriel.Components.Interop;

/// <summary>What C# asked a page for, as the page sends it. Nothing is buffered: the page sends as fast as this is read.</summary>
internal sealed class UploadStream : AsyncReadOnlyStream
{
    private readonly long _length;
    private readonly TimeSpan _patience;
    private readonly Action<UploadStream> _forget;
    private readonly CancellationTokenSource _cancelled;
    private readonly TaskCompletionSource<Stream> _content = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;
    private Exception? _failure;
    private int _isFinished;

    // The stream itself until it is finished, and every read that is under way: what the page sends is not let go while one of them holds it.
    private int _users = 1;

    /// <param name="id">The number of the upload.</param>
    /// <param name="length">How many bytes the page said it has.</param>
    /// <param name="patience">How long a read waits for the page.</param>
    /// <param name="forget">Is called once, when nothing more is wanted of the page.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public UploadStream(long id, long length, TimeSpan patience, Action<UploadStream> forget, CancellationToken cancellationToken)
    {
        Id = id;
        _length = length;
        _patience = patience;
        _forget = forget;
        _cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    public long Id { get; }

    /// <summary>Completes when nothing more is wanted of the page, and nobody reads what it sends any more.</summary>
    public Task Finished => _finished.Task;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>What the page sends has begun to come.</summary>
    /// <returns>Whether it is wanted.</returns>
    public bool Supply(Stream content) => _content.TrySetResult(content) && !_finished.Task.IsCompleted;

    /// <summary>The page cannot send it, or not to the end.</summary>
    public void Fail(Exception exception) => Finish(exception);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == _length || buffer.IsEmpty)
        {
            return 0;
        }

        if (!TryEnter())
        {
            throw _failure is { } failure ? new IOException(failure.Message, failure) : new ObjectDisposedException(nameof(UploadStream));
        }

        try
        {
            return await ReadNextAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Finish();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadNextAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cancelled.Token);
        waiting.CancelAfter(_patience);
        int count;
        try
        {
            var content = await _content.Task.WaitAsync(waiting.Token).ConfigureAwait(false);
            count = await content.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _length - _position)], waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_failure is not null && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException(_failure.Message, _failure);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested && !_cancelled.IsCancellationRequested)
        {
            Finish();
            throw new TimeoutException($"The page sent nothing for {_patience.TotalSeconds:N0} seconds.", exception);
        }

        if (count == 0)
        {
            Finish();
            throw new EndOfStreamException($"The page said that it has {_length:N0} bytes, and sent {_position:N0}.");
        }

        _position += count;
        if (_position == _length)
        {
            Finish();
        }

        return count;
    }

    private void Finish(Exception? failure = null)
    {
        if (Interlocked.Exchange(ref _isFinished, 1) == 0)
        {
            _failure = failure;
            _forget(this);
            _cancelled.Cancel();
            Leave();
        }
    }

    private bool TryEnter()
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            if (users == 0)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
        return true;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _cancelled.Dispose();
            _finished.TrySetResult();
        }
    }
}
