using Oriel.Ipc;

namespace Oriel.Security;

/// <summary>What the documents of an origin may do in a window, and the log of what they were refused.</summary>
/// <remarks>Lives as long as the window, so that a page cannot fill the log by loading itself again. Thread-safe.</remarks>
internal sealed class DocumentRights(DocumentReach reach, Action<CapabilityRefusal> onRefused)
{
    // People read the log; a page can make up names for ever.
    private const int MaxLogged = 16;
    private const int MaxNameLength = 256;

    private readonly Lock _gate = new();
    private readonly HashSet<(CapabilityKind, string)> _logged = [];

    public bool AllowsEvent(string name) => reach.AllowsEvent(name);

    /// <inheritdoc cref="DocumentReach.AllowsState"/>
    public bool AllowsState(string key, bool write, string? capability = null) => reach.AllowsState(key, write, capability);

    /// <summary>The error for who may not read or write a state, which the log is told of; null for who may.</summary>
    public IpcError? RefusalOfState(string key, bool write, string? capability = null) =>
        reach.AllowsState(key, write, capability) ? null : Refuse(write ? CapabilityKind.StateWrite : CapabilityKind.State, key, capability);

    /// <summary>The error for who may not call a command; null for who may.</summary>
    public IpcError? RefusalOfCommand(string name, string? capability)
    {
        // Which state these are about is known when their arguments are read: there it is asked for.
        return reach.AllowsCommand(name, capability) || StateCommands.Contains(name) ? null : Refuse(CapabilityKind.Command, name, capability);
    }

    /// <summary>The error for who may not emit or hear an event; null for who may.</summary>
    public IpcError? RefusalOfEvent(string name) => reach.AllowsEvent(name) ? null : Refuse(CapabilityKind.Event, name, capability: null);

    private IpcError Refuse(CapabilityKind kind, string name, string? capability)
    {
        name = Cut(name);
        lock (_gate)
        {
            if (_logged.Count < MaxLogged && _logged.Add((kind, name)))
            {
                onRefused(new CapabilityRefusal(kind, name, capability, reach.Capabilities.FirstOrDefault(), IsLast: _logged.Count == MaxLogged));
            }
        }

        // The page learns neither whether it exists nor what would lead to it.
        return new IpcError(IpcErrorCode.Denied, "This document may not do that.");
    }

    // It is kept as long as the window, and stands in the log several times.
    private static string Cut(string name) =>
        name.Length <= MaxNameLength ? name : $"{name.AsSpan(0, char.IsHighSurrogate(name[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength)}\u2026";
}
