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

    /// <summary>How long a connection may take; 10 s by default.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
