namespace Oriel.Build;

/// <summary>The type of a single text or number.</summary>
internal sealed record LiteralType(ManifestLiteral Literal) : TypeExpression;
