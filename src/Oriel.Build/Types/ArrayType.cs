namespace Oriel.Build;

/// <summary>An array.</summary>
internal sealed record ArrayType(TypeExpression Item) : TypeExpression;
