namespace Oriel.Build;

/// <summary>An object with properties.</summary>
/// <param name="Parameters">The names of its type parameters.</param>
/// <param name="Index">The type of properties that are not named; null when there are none.</param>
internal sealed record ObjectType(string Name, string Doc, IReadOnlyList<string> Parameters, IReadOnlyList<ManifestMember> Properties, TypeExpression? Index)
    : ManifestType(Name, Doc)
{
    public override IReadOnlyList<string> TypeParameters => Parameters;
}
