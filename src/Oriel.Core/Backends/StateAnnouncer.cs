using System.Buffers;
using System.Threading.Channels;
using Oriel.Ipc;

namespace Oriel;

/// <summary>Tells pages the states of a back end, in order, without letting it wait for them.</summary>
internal sealed class StateAnnouncer
{
    /// <summary>The event.</summary>
    public const string Event = "backend:state";

    // A page that is further behind gets the latest.
    private const int MaxWaiting = 64;

    private readonly Channel<BackendState> _states = Channel.CreateBounded<BackendState>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public StateAnnouncer(OrielApp app, string name, BackendLog log) => _ = Task.Run(async () =>
    {
        await foreach (var state in _states.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            using var json = new PooledBuffer();
            Write(json, name, state);
            try
            {
                await app.Events.EmitAsync(Event, json.Memory).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // Whatever it was, the next state is told.
                log.Failed(exception);
            }
        }
    });

    /// <summary>Writes <c>{"name":"backend","state":"ready"}</c>.</summary>
    public static void Write(IBufferWriter<byte> json, string name, BackendState state)
    {
        json.Write("{\"name\":"u8);
        JsonText.WriteString(json, name);
        json.Write(",\"state\":"u8);
        JsonText.WriteString(json, NameOf(state));
        json.Write("}"u8);
    }

    public void Announce(BackendState state) => _states.Writer.TryWrite(state);

    public void End() => _states.Writer.TryComplete();

    private static string NameOf(BackendState state) => state switch
    {
        BackendState.Stopped => "stopped",
        BackendState.Starting => "starting",
        BackendState.Ready => "ready",
        BackendState.Restarting => "restarting",
        _ => "failed",
    };
}
