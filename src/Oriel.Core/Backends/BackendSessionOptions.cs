using Oriel.Ipc;
using Oriel.Processes;

namespace Oriel;

/// <summary>What one life of a back end is made of.</summary>
internal sealed record BackendSessionOptions
{
    /// <summary>For messages.</summary>
    public required string Name { get; init; }

    public required ProcessCommand Command { get; init; }

    public required Func<string, IpcLimits, IBackendListener> Listen { get; init; }

    public required IBackendObserver Observer { get; init; }

    /// <summary>Answers what the back end calls.</summary>
    public Func<string, IpcRoute?> Route { get; init; } = static _ => null;

    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan? HeartbeatInterval { get; init; }

    public TimeSpan HeartbeatTimeout { get; init; }

    /// <summary>Whether errors cross with their stack traces, both ways.</summary>
    public bool IsDevelopment { get; init; }

    public IpcLimits Limits { get; init; } = IpcLimits.Default;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Makes them of the options of a back end.</summary>
    public static BackendSessionOptions Of(ProcessBackendOptions options, BackendRights rights, IBackendObserver observer, bool isDevelopment) => new()
    {
        Name = options.Name,
        Command = new ProcessCommand(options.Program, options.Arguments) { WorkingDirectory = options.WorkingDirectory, Environment = options.Environment },
        Listen = options.Transport == BackendTransport.StandardStreams
            ? (name, limits) => new StandardStreamsBackendListener(name, limits, line => observer.OnLine(line, isError: false))
            : LocalSocketBackendListener.Listen,
        Observer = observer,
        Route = rights.Route,
        ReadyTimeout = options.ReadyTimeout,
        ShutdownTimeout = options.ShutdownTimeout,
        HeartbeatInterval = options.HeartbeatInterval,
        HeartbeatTimeout = options.HeartbeatTimeout,
        IsDevelopment = isDevelopment,
        Limits = options.Limits,
        TimeProvider = options.TimeProvider,
    };
}
