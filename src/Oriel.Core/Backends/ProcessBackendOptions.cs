using Oriel.Ipc;

namespace Oriel;

/// <summary>How a back end is started, and what it may do.</summary>
public sealed record ProcessBackendOptions
{
    /// <summary>What the window of a page answers: what a back end may call unless <see cref="AllowedCommands"/> says otherwise.</summary>
    public static IReadOnlyList<string> WindowCommands { get; } = Oriel.WindowCommands.Names;

    /// <summary>The program: a name that is looked for in <c>PATH</c>, an absolute path, or a path relative to <see cref="WorkingDirectory"/>.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments, which reach it one by one: no shell reads them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>
    /// What its commands begin with: pages call its <c>frames</c> as <c>backend.frames</c>. 1 to 24 letters, digits, <c>-</c> and <c>_</c>;
    /// each back end of an application has its own.
    /// </summary>
    public string Name { get; init; } = "backend";

    /// <summary>Where it runs; the folder of this process when null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Its environment beyond this process's own; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>What carries its messages; a local socket by default.</summary>
    public BackendTransport Transport { get; init; } = BackendTransport.LocalSocket;

    /// <summary>How long it may take to say that it is ready; 30 s by default.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long each stage of its end may take: after its channel ended, and after it was asked by a signal. 3 s by default.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// After how much silence it is asked whether it lives; null, the default, for never: a crash shows without it, and one that computes for
    /// long without reading its channel would look dead. One that has never answered is not held to it.
    /// </summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>After how much silence it counts as dead, with <see cref="HeartbeatInterval"/>; 15 s by default.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>When it is started again after it died.</summary>
    public RestartPolicy Restart { get; init; } = RestartPolicy.Default;

    /// <summary>Whether it starts when it is added to an application; otherwise <see cref="ProcessBackend.StartAsync"/> starts it.</summary>
    public bool StartsItself { get; init; } = true;

    /// <summary>
    /// The commands of the application that it may call, by their exact names; <see cref="WindowCommands"/> by default. Everything
    /// else is denied.
    /// </summary>
    public IReadOnlyCollection<string> AllowedCommands { get; init; } = WindowCommands;

    /// <summary>The events of pages that it gets, by their exact names; none by default.</summary>
    public IReadOnlyCollection<string> ForwardedEvents { get; init; } = [];

    /// <summary>What is accepted from it.</summary>
    public IpcLimits Limits { get; init; } = IpcLimits.Default;

    /// <summary>What time-outs and pauses go by.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
