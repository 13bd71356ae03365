namespace Oriel.Build;

/// <summary>A type by its name: TypeScript's own, one of the manifest, or a type parameter.</summary>
internal sealed record NamedType(string Name, IReadOnlyList<TypeExpression> Arguments) : TypeExpression;
