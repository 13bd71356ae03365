using Oriel.Ipc;
using Oriel.Processes;

namespace Oriel;

/// <summary>Listens at a local socket whose name nobody guesses, for one back end.</summary>
internal sealed class LocalSocketBackendListener : IBackendListener
{
    private readonly LocalSocketListener _listener;

    private LocalSocketBackendListener(LocalSocketListener listener, string? alias)
    {
        _listener = listener;
        Environment = new Dictionary<string, string?>
        {
            ["ORIEL_IPC_CHANNEL"] = listener.Address.Path,
            ["AURORAVIEW_IPC_CHANNEL"] = alias,
            ["ORIEL_IPC_MODE"] = null,
            ["AURORAVIEW_IPC_MODE"] = null,
        };
    }

    public IReadOnlyDictionary<string, string?> Environment { get; }

    public bool UsesStandardStreams => false;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="BackendException">There is no place to listen at.</exception>
    public static IBackendListener Listen(string name, IpcLimits limits)
    {
        try
        {
            var address = LocalSocketAddress.CreateUnique(name);

            // A pipe has one name: the one that a client of the RFC makes up serves both.
            var listener = LocalSocketListener.Listen(
                OperatingSystem.IsWindows() ? LocalSocketAddress.AuroraView(address.Name) : address,
                new LocalSocketOptions { Limits = limits });
            return new LocalSocketBackendListener(listener, OperatingSystem.IsWindows() ? address.Name : AliasOf(listener));
        }
        catch (Exception exception) when (exception is IpcException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new BackendException($"There is no place where the back end \"{name}\" could connect to: {exception.Message}", exception);
        }
    }

    public async ValueTask<BackendConnection> AcceptAsync(GuardedProcess process, CancellationToken cancellationToken)
    {
        var channel = await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
        return new BackendConnection(channel, channel.PeerProcessId);
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    // For clients that know the RFC alone. Where /tmp takes no link, the others can connect all the same.
    private static string? AliasOf(LocalSocketListener listener)
    {
        try
        {
            return listener.AddAuroraViewAlias();
        }
        catch (Exception exception) when (exception is IpcException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
