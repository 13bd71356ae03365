using System.Threading.Channels;
using Oriel;
using Oriel.Ipc;

namespace Gallery.Backend;

/// <summary>Keeps the last lines that the back end wrote, and tells the pages of each: <c>python.line</c>.</summary>
/// <remarks>Thread-safe. A page that is behind misses lines; the back end never waits for it.</remarks>
internal sealed class BackendLines
{
    /// <summary>How many lines are kept, and wait for a page at most.</summary>
    public const int Capacity = 200;

    private readonly Lock _gate = new();
    private readonly Queue<BackendLine> _kept = new(Capacity);
    private readonly Channel<BackendLine> _waiting = Channel.CreateBounded<BackendLine>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private long _count;

    public BackendLines(OrielApp app, ProcessBackend backend)
    {
        backend.LineWritten += (_, line) => Add(line);
        _ = TellAsync(app);
    }

    /// <summary>The last lines, the oldest first.</summary>
    public IReadOnlyList<BackendLine> Kept
    {
        get
        {
            lock (_gate)
            {
                return [.. _kept];
            }
        }
    }

    private void Add(BackendLineEventArgs written)
    {
        lock (_gate)
        {
            var line = new BackendLine(++_count, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), written.IsError, written.Line);
            if (_kept.Count == Capacity)
            {
                _kept.Dequeue();
            }

            _kept.Enqueue(line);
            _waiting.Writer.TryWrite(line);
        }
    }

    private async Task TellAsync(OrielApp app)
    {
        await foreach (var line in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await app.Events.EmitAsync("python.line", line).ConfigureAwait(false);
            }
            catch (IpcException)
            {
                // The page that it was for has gone; the next one asks for what is kept.
            }
        }
    }
}
