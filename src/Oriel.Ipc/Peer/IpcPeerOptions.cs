namespace Oriel.Ipc;

/// <summary>What a peer does with the messages that reach it.</summary>
public sealed record IpcPeerOptions
{
    /// <summary>Finds the handler of a method; null when there is none. Called where messages are read: it must not wait.</summary>
    public Func<string, IpcRoute?> Route { get; init; } = static _ => null;

    /// <summary>
    /// Handles an event (its name, its data), one at a time and in order, on the thread pool. The data is valid until the task completes.
    /// </summary>
    public Func<string, ReadOnlyMemory<byte>, ValueTask>? OnEvent { get; init; }

    /// <summary>Told of what went wrong with nobody waiting for it: a handler of an event threw, an answer could not be sent.</summary>
    public Action<Exception>? OnError { get; init; }

    /// <summary>What is accepted from the peer.</summary>
    public IpcLimits Limits { get; init; } = IpcLimits.Default;

    /// <summary>How long a request of ours waits for its answer unless told otherwise; 30 s by default.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a handler's exception crosses with its stack trace. For development alone.</summary>
    public bool IncludeStackTraces { get; init; }

    /// <summary>What time-outs go by.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
