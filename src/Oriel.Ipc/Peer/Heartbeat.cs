namespace Oriel.Ipc;

/// <summary>Notices that a peer no longer answers.</summary>
/// <remarks>Anything that the peer sends is a sign of life; a ping is sent only into silence.</remarks>
internal sealed class Heartbeat : IDisposable
{
    private readonly ITimer _timer;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _timeout;
    private readonly Action _ping;
    private readonly Action _onSilence;
    private readonly Func<bool> _isHeldUp;
    private TimeSpan _silence;
    private bool _answersPings;
    private bool _isAlive;

    public Heartbeat(TimeSpan interval, TimeSpan timeout, TimeProvider time, Action ping, Action onSilence, Func<bool> isHeldUp)
    {
        _interval = interval;
        _timeout = timeout;
        _ping = ping;
        _onSilence = onSilence;
        _isHeldUp = isHeldUp;
        _timer = time.CreateTimer(static heartbeat => ((Heartbeat)heartbeat!).OnInterval(), this, interval, interval);
    }

    /// <summary>Something came from the peer.</summary>
    public void OnMessage(IpcMessageKind kind)
    {
        _isAlive = true;
        if (kind == IpcMessageKind.Pong)
        {
            _answersPings = true;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnInterval()
    {
        // While our own handlers hold up the reading, the silence is ours: what the peer sends lies unread.
        if (_isAlive || _isHeldUp())
        {
            _isAlive = false;
            _silence = TimeSpan.Zero;
            return;
        }

        // Counted from the first ping into the silence: a peer that had nothing to say was not asked before.
        if (_answersPings && _silence >= _timeout)
        {
            _onSilence();
            return;
        }

        _silence += _interval;
        _ping();
    }
}
