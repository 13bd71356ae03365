namespace Oriel.Ipc;

/// <summary>Who reads a channel, for good: a handler, or receivers, of whom there is one at a time.</summary>
internal struct ReaderClaim
{
    // The reader.
    private const int None = 0;
    private const int Receiver = 1;
    private const int Handler = 2;

    // Its call under way.
    private const int Idle = 0;
    private const int Receiving = 1;
    private const int Held = 2;

    private int _reader;
    private int _call;

    /// <summary>Whether anybody has ever read.</summary>
    public bool IsTaken => Volatile.Read(ref _reader) != None;

    /// <summary>Whether a handler reads.</summary>
    public bool IsHandlers => Volatile.Read(ref _reader) == Handler;

    /// <summary>Makes a handler the reader.</summary>
    /// <exception cref="InvalidOperationException">Somebody reads already.</exception>
    public void TakeByHandler(string channel)
    {
        if (Interlocked.CompareExchange(ref _reader, Handler, None) != None)
        {
            throw AlreadyRead(channel);
        }
    }

    /// <summary>Begins a receiver's call, which <see cref="EndReceiving"/> ends.</summary>
    /// <exception cref="InvalidOperationException">A handler or another receiver reads.</exception>
    public void BeginReceiving(string channel)
    {
        if (Interlocked.CompareExchange(ref _reader, Receiver, None) == Handler)
        {
            throw AlreadyRead(channel);
        }

        var wait = new SpinWait();
        int call;
        while ((call = Interlocked.CompareExchange(ref _call, Receiving, Idle)) == Held)
        {
            wait.SpinOnce();
        }

        if (call != Idle)
        {
            throw new InvalidOperationException($"The channel \"{channel}\" has a receiver already: one at a time.");
        }
    }

    /// <summary>Ends a receiver's call.</summary>
    /// <remarks>A full fence: either the receiver sees what was written before <see cref="TryHold"/> failed, or that one sees that nobody receives.</remarks>
    public void EndReceiving() => Interlocked.Exchange(ref _call, Idle);

    /// <summary>Keeps receivers out for a moment, until <see cref="LetGo"/>; false when one is receiving.</summary>
    public bool TryHold() => Interlocked.CompareExchange(ref _call, Held, Idle) == Idle;

    /// <summary>Lets receivers in again.</summary>
    public void LetGo() => Volatile.Write(ref _call, Idle);

    private static InvalidOperationException AlreadyRead(string channel) => new($"The channel \"{channel}\" is read already: by a message handler or by receiving, never by both.");
}
