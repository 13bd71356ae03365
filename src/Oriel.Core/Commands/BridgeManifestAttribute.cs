namespace Oriel;

/// <summary>What of an assembly pages can use: its commands, events, states and their types, from which TypeScript is written. For generated code.</summary>
/// <param name="json">The description, as JSON.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class BridgeManifestAttribute(string json) : Attribute
{
    /// <summary>The description, as JSON.</summary>
    public string Json { get; } = json;
}
