namespace Oriel.Ipc;

/// <summary>What a local socket accepts, and how it reads.</summary>
public sealed record LocalSocketOptions
{
    /// <summary>What is accepted from the peer, and the most that is sent.</summary>
    public IpcLimits Limits { get; init; } = IpcLimits.Default;

    /// <summary>How many connections a listener keeps at once; who comes later is turned away. 64 by default.</summary>
    public int MaxConnections { get; init; } = 64;

    /// <summary>How the reader waits.</summary>
    public ReadWait ReadWait { get; init; } = ReadWait.Adaptive;

    /// <summary>
    /// Bytes of shared memory in each direction, for payloads of bytes from 64 KB on: a multiple of 4,096, 64 KiB to 512 MiB, or 0 for none; 16 MiB by default.
    /// Linux; a payload that finds no room goes by the socket. The system gives the memory when it is first written to.
    /// </summary>
    /// <remarks>
    /// A peer can change such bytes while they are read. Who takes decisions by them copies them first.
    /// </remarks>
    public int SharedMemoryBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long a connection may take; 10 s by default.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a peer that does not read what was sent may hold up the end of its channel; 5 s by default.</summary>
    public TimeSpan Linger { get; init; } = FramedChannel.DefaultLinger;

    /// <summary>Refuses what cannot be meant, before anything is opened.</summary>
    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Limits);
        Limits.Checked();
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 1);
        if (SharedMemoryBytes != 0 && !SharedMemory.IsRingSize(SharedMemoryBytes))
        {
            throw new ArgumentOutOfRangeException(nameof(SharedMemoryBytes), SharedMemoryBytes, $"Shared memory is 0 or {SharedMemory.MinRingBytes:N0} to {SharedMemory.MaxRingBytes:N0} bytes, a multiple of {SharedMemory.PageBytes:N0}.");
        }
    }
}
