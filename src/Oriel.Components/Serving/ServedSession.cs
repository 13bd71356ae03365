namespace Oriel.Components;

/// <summary>A session of a page in a browser: it outlives a connection that breaks, for a while.</summary>
internal sealed class ServedSession : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _resumeTime;
    private readonly Timer _expiry;
    private SocketConnection? _current;
    private long _received;
    private bool _isOver;

    public ServedSession(ComponentSession session, string browser, object place, ServedContent content, SocketConnection connection, TimeSpan resumeTime)
    {
        Session = session;
        Browser = browser;
        Place = place;
        Content = content;
        _current = connection;
        _resumeTime = resumeTime;
        _expiry = new Timer(static state => ((ServedSession)state!).Expire(), this, Timeout.Infinite, Timeout.Infinite);
    }

    public ComponentSession Session { get; }

    /// <summary>The browser that it belongs to. Another one that knows its id has nothing of it.</summary>
    public string Browser { get; }

    /// <summary>Where it is served: what one address lets in may not go on at another.</summary>
    public object Place { get; }

    public ServedContent Content { get; }

    /// <summary>The last message of the page that has come.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Takes note of a message that has come.</summary>
    public void Note(long number)
    {
        if (number > Received)
        {
            Interlocked.Exchange(ref _received, number);
        }
    }

    /// <summary>Goes on with another connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="applied">The last message that the page has applied.</param>
    /// <param name="before">The connection that it takes the place of.</param>
    /// <returns>False when the session is over.</returns>
    public bool TryAttach(SocketConnection connection, long applied, out SocketConnection? before)
    {
        lock (_gate)
        {
            before = null;
            if (_isOver || Session.IsEnding)
            {
                return false;
            }

            (before, _current) = (_current, connection);
            _expiry.Change(Timeout.Infinite, Timeout.Infinite);
            Session.Attach(connection, applied);
            return true;
        }
    }

    /// <summary>Keeps what is sent until the page comes back, or does not; nothing when another connection has taken this one's place.</summary>
    /// <returns>Whether it was this connection's.</returns>
    public bool Detach(SocketConnection connection)
    {
        lock (_gate)
        {
            if (_current != connection)
            {
                return false;
            }

            _current = null;
            Session.Detach();
            if (!_isOver && !Session.IsEnding)
            {
                _expiry.Change(_resumeTime, Timeout.InfiniteTimeSpan);
            }

            return true;
        }
    }

    /// <summary>Cuts the connection that the page has now.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _current?.Abort();
        }
    }

    /// <summary>Ends the connection that the page has now.</summary>
    public Task CloseAsync(SocketEnd end)
    {
        SocketConnection? current;
        lock (_gate)
        {
            current = _current;
        }

        return current?.CloseAsync(end) ?? Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isOver = true;
        }

        await _expiry.DisposeAsync().ConfigureAwait(false);
        Content.Dispose();
        await Session.DisposeAsync().ConfigureAwait(false);
    }

    // A page that has come back just before has its session.
    private void Expire()
    {
        lock (_gate)
        {
            if (_isOver || _current is not null)
            {
                return;
            }

            _isOver = true;
        }

        _ = DisposeAsync().AsTask();
    }
}
