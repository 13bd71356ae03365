namespace Oriel.Generators.Capabilities;

/// <summary>What a name in the code stands for.</summary>
internal enum KnownKind
{
    Command,
    Event,
    State,
    Capability,
}
