namespace Oriel.Components.Reloading;

/// <summary>What a window was showing.</summary>
internal sealed record WindowMemory
{
    /// <summary>The route with its query and fragment, without the slash before it.</summary>
    public string Route { get; init; } = "";

    /// <summary>The width of its content.</summary>
    public int Width { get; init; }

    /// <summary>The height of its content.</summary>
    public int Height { get; init; }

    /// <summary>How it filled the screen.</summary>
    public WindowState State { get; init; }

    /// <summary>What its components keep: those with <c>[PersistentState]</c>, and what registers with <c>PersistentComponentState</c>.</summary>
    public IReadOnlyDictionary<string, byte[]> Components { get; init; } = new Dictionary<string, byte[]>();
}
