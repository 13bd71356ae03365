using System.Diagnostics.CodeAnalysis;
using Oriel.Ipc;

namespace Oriel;

/// <summary>A document that follows a state.</summary>
/// <remarks>
/// It has at most one message under way. What changes while the page is behind reaches it as one change, so that neither a slow
/// page nor a fast writer lets anything pile up.
/// </remarks>
internal sealed class StateSubscriber(BridgeSession session, OrielApp app, IState state)
{
    /// <summary>The event that the client takes for itself.</summary>
    private const string EventName = "oriel:state";

    private readonly Lock _gate = new();
    private StateSnapshot _sent = state.Snapshot;
    private bool _isSending;
    private bool _isOver;

    public IState State => state;

    /// <summary>What the document has got.</summary>
    public StateSnapshot Sent
    {
        get
        {
            lock (_gate)
            {
                return _sent;
            }
        }
    }

    /// <summary>Sends what is new, soon and on another thread.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            if (_isSending || _isOver || _sent.Version == state.Snapshot.Version)
            {
                return;
            }

            _isSending = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static subscriber => _ = subscriber.SendAsync(), this, preferLocal: false);
    }

    /// <summary>The document itself has made one version of another.</summary>
    public void HasGot(StateSnapshot before, StateSnapshot written)
    {
        lock (_gate)
        {
            if (_sent.Version == before.Version)
            {
                _sent = written;
            }
        }
    }

    public void End()
    {
        state.Remove(this);
        lock (_gate)
        {
            _isOver = true;
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (TryTakeUnsent(out var before, out var now))
            {
                using var line = Write(before, now);
                await session.SendAsync(line.Span, isAlways: true, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (IpcException exception) when (exception.Code == IpcErrorCode.Disconnected)
        {
            End();
        }
        catch (Exception exception)
        {
            app.Log.Value.StateNotSent(state.Key, exception);
            End();
        }
    }

    private bool TryTakeUnsent([NotNullWhen(true)] out StateSnapshot? before, [NotNullWhen(true)] out StateSnapshot? now)
    {
        lock (_gate)
        {
            (before, now) = (_sent, state.Snapshot);
            _isSending = !_isOver && before.Version != now.Version;
            _sent = now;
            return _isSending;
        }
    }

    private PooledBuffer Write(StateSnapshot before, StateSnapshot now)
    {
        using var data = new PooledBuffer();
        data.Write("{\"key\":"u8);
        JsonText.WriteString(data, state.Key);
        data.Write(",\"version\":"u8);
        JsonText.WriteNumber(data, now.Version);

        var patch = now.PatchFrom(before);
        if (patch.IsEmpty)
        {
            data.Write(",\"value\":"u8);
            data.Write(now.Json.Span);
        }
        else
        {
            data.Write(",\"from\":"u8);
            JsonText.WriteNumber(data, before.Version);
            data.Write(",\"patch\":"u8);
            data.Write(patch.Span);
        }

        data.Write("}"u8);
        return BridgeChannel.WriteLine(IpcMessage.Event(EventName, data.Memory));
    }
}
