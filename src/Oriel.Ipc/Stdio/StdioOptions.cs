namespace Oriel.Ipc;

/// <summary>What a channel over standard input and output accepts.</summary>
public sealed record StdioOptions
{
    /// <summary>What is accepted from the peer, and the most that is sent.</summary>
    public IpcLimits Limits { get; init; } = IpcLimits.Default;

    /// <summary>
    /// Told of lines that do not begin with <c>{</c>: what a child prints that knows nothing of the channel. Longer ones than 16 KiB come in pieces. Called
    /// where messages are read: it must not wait. Null, the default, where the peer sends nothing but messages: such a line is an error then.
    /// </summary>
    public Action<string>? OnStrayLine { get; init; }
}
