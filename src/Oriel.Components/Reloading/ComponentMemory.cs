using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Infrastructure;

namespace Oriel.Components.Reloading;

/// <summary>What the components of a session keep, by <c>[PersistentState]</c> or <c>PersistentComponentState</c>, when the program is restarted.</summary>
internal sealed class ComponentMemory(ComponentStatePersistenceManager manager) : ISessionPart
{
    public void Attach(ComponentSession session)
    {
        manager.SetPlatformRenderMode(WindowRenderMode.Instance);
        var remembered = session.Window is { } window ? ComponentWindow.Of(window)?.TakeRemembered() : null;

        // The store has all at hand, so that this completes at once: before anything is rendered.
        _ = manager.RestoreStateAsync(new Store(remembered?.Components));
    }

    /// <summary>Asks the components what they keep. Once in the life of a session, on its dispatcher.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> KeepAsync(ComponentSession session)
    {
        var store = new Store(null);
        await manager.PersistStateAsync(store, session.Renderer);
        return store.Kept;
    }

    private sealed class WindowRenderMode : IComponentRenderMode
    {
        public static readonly WindowRenderMode Instance = new();
    }

    private sealed class Store(IReadOnlyDictionary<string, byte[]>? state) : IPersistentComponentStateStore
    {
        public IReadOnlyDictionary<string, byte[]> Kept { get; private set; } = state ?? new Dictionary<string, byte[]>();

        public Task<IDictionary<string, byte[]>> GetPersistedStateAsync() => Task.FromResult<IDictionary<string, byte[]>>(Kept.ToDictionary());

        public Task PersistStateAsync(IReadOnlyDictionary<string, byte[]> state)
        {
            Kept = state.ToDictionary();
            return Task.CompletedTask;
        }

        public bool SupportsRenderMode(IComponentRenderMode renderMode) => true;
    }
}
