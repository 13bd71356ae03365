namespace Oriel.Ipc;

/// <summary>How a channel to a host program's thread is made.</summary>
public sealed record DccChannelOptions : ThreadChannelOptions
{
    /// <summary>Whether the thread that pumps first is the only one that may; true by default.</summary>
    public bool BindToThread { get; init; } = true;

    /// <summary>What the budget of a pump goes by.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
