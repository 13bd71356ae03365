namespace Oriel.Build;

/// <summary>Another name of a type.</summary>
internal sealed record AliasType(string Name, string Doc, IReadOnlyList<string> Parameters, TypeExpression Type) : ManifestType(Name, Doc)
{
    public override IReadOnlyList<string> TypeParameters => Parameters;
}
