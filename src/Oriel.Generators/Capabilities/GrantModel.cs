namespace Oriel.Generators.Capabilities;

/// <summary>A grant of a file.</summary>
internal sealed record GrantModel(string? Origin, string? Window, EquatableArray<NameModel> Capabilities);
