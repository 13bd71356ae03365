namespace Oriel.Build;

/// <summary>What crosses the bridge of one application: the description that the generator leaves in its assembly.</summary>
internal sealed record BridgeManifest
{
    /// <summary>The text that this was read from.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<ManifestCommand> Commands { get; init; } = [];

    public IReadOnlyList<ManifestEvent> Events { get; init; } = [];

    public IReadOnlyList<ManifestState> States { get; init; } = [];

    public IReadOnlyList<ManifestType> Types { get; init; } = [];
}
