using System.Threading.Channels;
using Oriel.Ipc;

namespace Oriel;

/// <summary>Passes events of pages on to a back end, in order. A back end that is behind holds up nobody: what finds no room is dropped.</summary>
internal sealed class EventForwarder
{
    private const int MaxEvents = 1_024;

    // One that is larger finds room when nothing else waits.
    private const int MaxBytes = 16 * 1024 * 1024;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MaxEvents) { SingleReader = true });
    private readonly BackendLog _log;
    private int _bytes;

    public EventForwarder(BackendLog log)
    {
        _log = log;
        _ = Task.Run(ForwardAsync);
    }

    /// <summary>Takes an event for one life of the back end; those after it do not get it.</summary>
    public void Add(BackendSession session, string name, ReadOnlyMemory<byte> data)
    {
        var bytes = Interlocked.Add(ref _bytes, data.Length);
        if ((bytes <= MaxBytes || bytes == data.Length) && _waiting.Writer.TryWrite(new Waiting(session, name, data.ToArray())))
        {
            return;
        }

        Interlocked.Add(ref _bytes, -data.Length);
        _log.EventDropped(name);
    }

    public void End() => _waiting.Writer.TryComplete();

    private async Task ForwardAsync()
    {
        await foreach (var (session, name, data) in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                if (!session.Ended.IsCompleted)
                {
                    await session.EmitAsync(name, data, CancellationToken.None).ConfigureAwait(false);
                }
            }
            catch (IpcException exception) when (exception.Code is IpcErrorCode.Disconnected or IpcErrorCode.ShuttingDown)
            {
                // It died or was ended meanwhile.
            }
            catch (Exception exception)
            {
                _log.Failed(exception);
            }
            finally
            {
                Interlocked.Add(ref _bytes, -data.Length);
            }
        }
    }

    private readonly record struct Waiting(BackendSession Session, string Name, byte[] Data);
}
