namespace Oriel;

/// <summary>Where a back end connects to.</summary>
internal interface IBackendListener : IAsyncDisposable
{
    /// <summary>For <c>ORIEL_IPC_CHANNEL</c>: the socket's absolute path, or the pipe's full name.</summary>
    string Address { get; }

    /// <summary>For <c>AURORAVIEW_IPC_CHANNEL</c>: the name that RFC 0011 makes an address of; null when there is none.</summary>
    string? Alias { get; }

    /// <summary>Waits for the next one who connects.</summary>
    ValueTask<BackendConnection> AcceptAsync(CancellationToken cancellationToken);
}
