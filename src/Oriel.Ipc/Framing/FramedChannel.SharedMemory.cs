namespace Oriel.Ipc;

// Large payloads in memory that both processes have mapped.
public abstract partial class FramedChannel
{
    private SharedMemory? _memory;
    private long _sharedEnd;

    /// <summary>Sees what the peer says of shared memory: an offer, or with no text that it has mapped ours.</summary>
    private protected virtual void OnSharedMemory(ReadOnlySpan<byte> path, IpcId ringBytes) =>
        Refuse(default, new IpcError(IpcErrorCode.InvalidRequest, "This channel has no shared memory."), isLast: false);

    /// <summary>Makes a memory that both sides have mapped the place of large payloads.</summary>
    private protected void OfferSharedMemory(SharedMemory memory)
    {
        _memory = memory;
        _writer.WriteSharedMemory(memory.Path, memory.RingBytes);
    }

    /// <summary>Uses a memory that the peer has made.</summary>
    private protected void TakeSharedMemory(SharedMemory memory)
    {
        _memory = memory;
        _writer.WriteSharedMemory("", 0);
        _writer.Shared = memory.Outgoing;
    }

    /// <summary>The peer has mapped the memory that it was offered.</summary>
    private protected void UseSharedMemory() => _writer.Shared = _memory?.Outgoing;

    // Puts the bytes themselves in the place of their reference. False when there is nothing to hand out.
    private bool TryResolveShared(ref IpcMessage message)
    {
        if (message.Kind == IpcMessageKind.Ready)
        {
            OnSharedMemory(message.Data.Span, message.Id);
            return false;
        }

        if (_memory is { } memory && memory.Incoming.TryRead(message.Data.Span, out var payload, out _sharedEnd))
        {
            Metrics.OnReceived(payload.Length);
            message = message with { Data = payload, IsShared = false, Raw = default };
            return true;
        }

        Refuse(IdToAnswer(message), new IpcError(IpcErrorCode.InvalidRequest, "A frame says that its payload is in shared memory, and it is not."), isLast: true);
        return false;
    }

    // The peer may write there again: the message before this has been handled.
    private void ReleaseShared()
    {
        if (_sharedEnd > 0)
        {
            _memory!.Incoming.Release(_sharedEnd);
            _sharedEnd = 0;
        }
    }

    // Unmapping it under a receiver would end the process. So while somebody receives, that is for the end of his call, and while he holds a
    // message that lies there, for his next one, or for the collector.
    private void CloseMemory()
    {
        if (!_claim.TryHold())
        {
            return;
        }

        if (_sharedEnd == 0)
        {
            _memory?.Close();
            _memory = null;
        }
        else
        {
            _memory!.LeaveToCollector();
        }

        _claim.LetGo();
    }
}
