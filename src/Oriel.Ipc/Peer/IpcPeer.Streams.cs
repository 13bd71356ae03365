namespace Oriel.Ipc;

// Streams among the arguments of the peer's requests.
public sealed partial class IpcPeer
{
    // Under the lock of the calls, which they belong to.
    private readonly Dictionary<IpcId, ArgumentStream> _streams = [];

    internal int MaxBytesInFlight => _options.Limits.MaxBytesInFlight;

    /// <summary>How many streams of arguments are open.</summary>
    internal int StreamsOpen
    {
        get
        {
            lock (_calls)
            {
                return _streams.Count;
            }
        }
    }

    /// <summary>Opens a stream that the arguments of a call name.</summary>
    /// <exception cref="IpcException">
    /// <see cref="IpcErrorCode.InvalidParams"/>: it is open already, or has the id of a request of ours; <see cref="IpcErrorCode.Busy"/>: too many are; <see cref="IpcErrorCode.Disconnected"/>: the peer is gone.
    /// </exception>
    internal ArgumentStream OpenStream(IpcId id)
    {
        lock (_calls)
        {
            if (_closed)
            {
                throw Disconnected();
            }

            if (_streams.Count >= _options.Limits.MaxStreams)
            {
                throw new IpcException(IpcErrorCode.Busy, $"{_streams.Count:N0} streams of arguments are open, which is the limit.");
            }

            var stream = new ArgumentStream(this, id);
            if (!_streams.TryAdd(id, stream))
            {
                throw new IpcException(IpcErrorCode.InvalidParams, $"The stream \"{id}\" is being read already.");
            }

            // Behind the entry: a request that is made just now looks for that. Both have items that name them by the id alone.
            if (_requests.Find(id) is not null)
            {
                _streams.Remove(id);
                throw new IpcException(IpcErrorCode.InvalidParams, $"A stream cannot be \"{id}\": a call in the other direction has that id. Name it otherwise.");
            }

            return stream;
        }
    }

    /// <summary>Ends a stream from this side.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="reason">What who reads it still gets.</param>
    /// <param name="tell">Whether the caller has to be told: it knows when its call has ended.</param>
    internal void CloseStream(ArgumentStream stream, Exception reason, bool tell)
    {
        lock (_calls)
        {
            if (_streams.GetValueOrDefault(stream.Id) == stream)
            {
                _streams.Remove(stream.Id);
            }
        }

        if (stream.Close(reason) && tell)
        {
            SendCancel(stream.Id);
        }
    }

    /// <summary>Sends what nobody waits for.</summary>
    internal void Tell(IpcMessage message) => _ = TellAsync(message);

    internal bool TryCountBytes(int bytes)
    {
        lock (_calls)
        {
            if (_bytesInFlight > 0 && _bytesInFlight + bytes > _options.Limits.MaxBytesInFlight)
            {
                return false;
            }

            _bytesInFlight += bytes;
            return true;
        }
    }

    internal void UncountBytes(int bytes)
    {
        lock (_calls)
        {
            _bytesInFlight -= bytes;
        }
    }

    // Read without the lock where there is none, as for every call.
    private bool IsStream(IpcId id)
    {
        if (_streams.Count == 0)
        {
            return false;
        }

        lock (_calls)
        {
            return _streams.ContainsKey(id);
        }
    }

    private void Deliver(in IpcMessage message)
    {
        ArgumentStream? stream;
        lock (_calls)
        {
            if (!_streams.TryGetValue(message.Id, out stream))
            {
                return;
            }

            if (message.Kind == IpcMessageKind.Done)
            {
                _streams.Remove(message.Id);
            }
        }

        if (message.Kind == IpcMessageKind.Done)
        {
            stream.End(message.Error is { } error ? new IpcException(error with { Data = error.Data.ToArray() }) : null);
        }
        else if (!stream.Add(message))
        {
            lock (_calls)
            {
                _streams.Remove(message.Id);
            }

            SendCancel(message.Id);
        }
    }

    private async Task TellAsync(IpcMessage message)
    {
        try
        {
            await _channel.SendAsync(message).ConfigureAwait(false);
        }
        catch (IpcException)
        {
            // The channel closed: the peer knows.
        }
    }
}
