namespace Oriel.Ipc;

/// <summary>What a message may measure where it enters.</summary>
public sealed record IpcLimits
{
    /// <summary>The limits that a channel has unless it is told otherwise.</summary>
    public static IpcLimits Default { get; } = new();

    /// <summary>Bytes of UTF-8 of one message; 64 MiB by default.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Levels of nesting of one message, the envelope included; 128 by default.</summary>
    public int MaxDepth { get; init; } = 128;

    /// <summary>Bytes of UTF-8 of a method's or an event's name; 256 by default.</summary>
    public int MaxNameBytes { get; init; } = 256;

    /// <summary>Requests of a peer that may be under way at once; 65,536 by default.</summary>
    public int MaxRequestsInFlight { get; init; } = 65_536;

    /// <summary>
    /// Bytes of a peer's requests that may be under way at once, those of answers that it has not taken included; 256 MiB by default.
    /// A single request may always be.
    /// </summary>
    public int MaxBytesInFlight { get; init; } = 256 * 1024 * 1024;

    /// <summary>Events of a peer that may wait for their handlers; 1,024 by default.</summary>
    public int MaxQueuedEvents { get; init; } = 1_024;
}
