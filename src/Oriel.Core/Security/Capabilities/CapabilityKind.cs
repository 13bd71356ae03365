namespace Oriel.Security;

/// <summary>What a capability can cover.</summary>
internal enum CapabilityKind
{
    Command,
    Event,
    State,
    StateWrite,
}
