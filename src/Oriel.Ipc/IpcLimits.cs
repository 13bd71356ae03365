namespace Oriel.Ipc;

/// <summary>What a message may measure where it enters.</summary>
public sealed record IpcLimits
{
    /// <summary>The limits that a channel has unless it is told otherwise.</summary>
    public static IpcLimits Default { get; } = new();

    // What a reader's buffer, which doubles, holds with everything around it; and what a binary frame can say of a name.
    private const int MostMessageBytes = 512 * 1024 * 1024;
    private const int MostDepth = 1_024;
    private const int MostNameBytes = ushort.MaxValue;

    /// <summary>Bytes of UTF-8 of one message, up to 512 MiB; 64 MiB by default.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Levels of nesting of one message, the envelope included, up to 1,024; 128 by default.</summary>
    public int MaxDepth { get; init; } = 128;

    /// <summary>Bytes of UTF-8 of a method's or an event's name, up to 65,535; 256 by default.</summary>
    public int MaxNameBytes { get; init; } = 256;

    /// <summary>Requests of a peer that may be under way at once; 65,536 by default.</summary>
    public int MaxRequestsInFlight { get; init; } = 65_536;

    /// <summary>
    /// Bytes of a peer's requests that may be under way at once, those of answers that it has not taken included; 256 MiB by default.
    /// A single request may always be.
    /// </summary>
    public int MaxBytesInFlight { get; init; } = 256 * 1024 * 1024;

    /// <summary>Streams among the arguments of a peer's requests that may be open at once; 1,024 by default.</summary>
    public int MaxStreams { get; init; } = 1_024;

    /// <summary>Events of a peer that may wait for their handlers; 1,024 by default.</summary>
    public int MaxQueuedEvents { get; init; } = 1_024;

    /// <summary>Refuses what cannot be a limit, where a channel or a peer is made.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is less than 1, or more than can be kept.</exception>
    internal IpcLimits Checked()
    {
        Check(nameof(MaxMessageBytes), MaxMessageBytes, MostMessageBytes);
        Check(nameof(MaxDepth), MaxDepth, MostDepth);
        Check(nameof(MaxNameBytes), MaxNameBytes, MostNameBytes);
        Check(nameof(MaxRequestsInFlight), MaxRequestsInFlight, int.MaxValue);
        Check(nameof(MaxBytesInFlight), MaxBytesInFlight, int.MaxValue);
        Check(nameof(MaxStreams), MaxStreams, int.MaxValue);
        Check(nameof(MaxQueuedEvents), MaxQueuedEvents, int.MaxValue);
        return this;
    }

    private static void Check(string name, int value, int most)
    {
        if (value < 1 || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"IpcLimits.{name} is 1 to {most:N0}.");
        }
    }
}
