namespace Oriel.Ipc;

/// <summary>How a reader waits for the next message.</summary>
public enum ReadWait
{
    /// <summary>
    /// Blocks, but for 50 us after a message that came quickly, in which it looks and yields. Under traffic that saves the waking of
    /// a thread on every message (measured between two cores: 4 us a round trip against 41), for a share of a core while it lasts; an idle channel costs nothing.
    /// </summary>
    Adaptive,

    /// <summary>Always blocks: the least processor time.</summary>
    Block,
}
