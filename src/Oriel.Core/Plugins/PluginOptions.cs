namespace Oriel;

/// <summary>What pages may use of a plug-in.</summary>
public sealed record PluginOptions
{
    /// <summary>The commands that pages may call, by the plug-in's own names; all of them when null.</summary>
    public IReadOnlyCollection<string>? AllowedCommands { get; init; }
}
