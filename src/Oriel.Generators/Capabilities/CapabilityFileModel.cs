namespace Oriel.Generators.Capabilities;

/// <summary>What a file says, and what is wrong with it.</summary>
internal sealed record CapabilityFileModel(
    string Path,
    EquatableArray<CapabilityModel> Capabilities,
    EquatableArray<GrantModel> Grants,
    EquatableArray<DiagnosticInfo> Diagnostics);
