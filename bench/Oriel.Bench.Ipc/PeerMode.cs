using Oriel.Ipc;

namespace Oriel.Bench.Ipc;

/// <summary>How a peer is set up. Without any option it is what the figures mean by Oriel.</summary>
internal sealed record PeerMode
{
    /// <summary>Handlers and callers that end at once run where messages are read, which both sides ask for; otherwise on the thread pool.</summary>
    public bool IsInline { get; init; } = true;

    /// <summary>How the reader waits.</summary>
    public ReadWait ReadWait { get; init; } = ReadWait.Adaptive;

    /// <summary>Whether large payloads are JSON too; otherwise they are bytes.</summary>
    public bool IsText { get; init; }

    /// <summary>Whether large payloads of bytes may go through shared memory.</summary>
    public bool IsShared { get; init; } = true;

    public LocalSocketOptions SocketOptions => IsShared ? new() { ReadWait = ReadWait } : new() { ReadWait = ReadWait, SharedMemoryBytes = 0 };

    public static PeerMode Parse(IEnumerable<string> options) =>
        options.Aggregate(new PeerMode(), static (mode, option) => option switch
        {
            "--pool" => mode with { IsInline = false },
            "--block" => mode with { ReadWait = ReadWait.Block },
            "--socket" => mode with { IsShared = false },
            "--text" => mode with { IsText = true },
            _ => throw new ArgumentException($"No such option: {option}"),
        });
}
