using Oriel.Ipc;
using Oriel.Processes;

namespace Oriel;

/// <summary>Takes the standard input and output of the back end for its channel. Nobody else has them: there is nothing to listen at.</summary>
internal sealed class StandardStreamsBackendListener(string name, IpcLimits limits, Action<string> onPrint) : IBackendListener
{
    private bool _isTaken;

    public IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>
    {
        ["ORIEL_IPC_MODE"] = "legacy",
        ["AURORAVIEW_IPC_MODE"] = "legacy",
        ["ORIEL_IPC_CHANNEL"] = null,
        ["AURORAVIEW_IPC_CHANNEL"] = null,
    };

    public bool UsesStandardStreams => true;

    public async ValueTask<BackendConnection> AcceptAsync(GuardedProcess process, CancellationToken cancellationToken)
    {
        if (_isTaken)
        {
            // There is no other to come.
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }

        _isTaken = true;
        return new BackendConnection(new StdioChannel(name, process.Output, process.Input, new StdioOptions { Limits = limits, OnStrayLine = Print }), process.Id);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Print(string line)
    {
        var text = LineReader.ForPeople(line);
        if (text.Length > 0)
        {
            onPrint(text);
        }
    }
}
