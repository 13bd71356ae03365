namespace Oriel.Build;

/// <summary>An array whose items have a type each.</summary>
internal sealed record TupleType(IReadOnlyList<TypeExpression> Items) : TypeExpression;
