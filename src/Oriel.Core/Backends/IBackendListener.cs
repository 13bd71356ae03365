using Oriel.Processes;

namespace Oriel;

/// <summary>Where a back end connects to: made before it starts.</summary>
internal interface IBackendListener : IAsyncDisposable
{
    /// <summary>The variables that tell the back end where that is; null for what this process itself may have been started with.</summary>
    IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>Whether the messages are on the back end's standard input and output, which are the channel's then.</summary>
    bool UsesStandardStreams { get; }

    /// <summary>Waits for the next one who connects.</summary>
    /// <param name="process">The back end.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<BackendConnection> AcceptAsync(GuardedProcess process, CancellationToken cancellationToken);
}
