namespace Oriel.Build;

/// <summary>A type of a union, and the value of the property that says so.</summary>
internal sealed record UnionCase(ManifestLiteral Tag, TypeExpression Type);
