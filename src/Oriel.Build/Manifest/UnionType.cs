namespace Oriel.Build;

/// <summary>One of several types; a property says which.</summary>
internal sealed record UnionType(string Name, string Doc, string Discriminator, IReadOnlyList<UnionCase> Cases) : ManifestType(Name, Doc);
