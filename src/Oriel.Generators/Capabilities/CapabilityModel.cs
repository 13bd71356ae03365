namespace Oriel.Generators.Capabilities;

/// <summary>A capability that a file defines.</summary>
internal sealed record CapabilityModel(
    NameModel Name,
    EquatableArray<NameModel> Commands,
    EquatableArray<NameModel> Events,
    EquatableArray<NameModel> States,
    EquatableArray<NameModel> StateWrites);
