namespace Oriel.Ipc;

/// <summary>What a peer does with the messages that reach it.</summary>
public sealed record IpcPeerOptions
{
    /// <summary>Finds the handler of a method; null when there is none. Called where messages are read: it must not wait.</summary>
    public Func<string, IpcRoute?> Route { get; init; } = static _ => null;

    /// <summary>
    /// Handles an event (its name, its data), one at a time and in order, on the thread pool. The data is valid until the task completes.
    /// </summary>
    public Func<string, IpcPayload, ValueTask>? OnEvent { get; init; }

    /// <summary>
    /// Whether <see cref="OnEvent"/> runs where messages are read, without a copy and a change of thread. For handlers that end at once: nothing
    /// is read while it waits, so it must not wait for an answer of the peer.
    /// </summary>
    public bool HandleEventsInline { get; init; }

    /// <summary>The methods that a <c>ready</c> of this side names.</summary>
    public IReadOnlyList<string> Handlers { get; init; } = [];

    /// <summary>Told of every <c>ready</c> of the peer, where messages are read: it must not wait.</summary>
    public Action<IpcReady>? OnReady { get; init; }

    /// <summary>
    /// Whether who awaits an answer may go on where messages are read: saves a change of thread on every call, for callers that do not block
    /// between two awaits. Off by default.
    /// </summary>
    public bool AllowSynchronousContinuations { get; init; }

    /// <summary>After how much silence the peer is sent a ping; null, the default, for never.</summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>
    /// After how much silence the channel is ended, with a heart-beat; 15 s by default. A peer that has never answered a ping is not held
    /// to it: clients that know RFC 0011 alone do not.
    /// </summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(15);

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
