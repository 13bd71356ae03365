namespace Oriel.Build;

/// <summary>An object that has no name.</summary>
/// <param name="IndexName">The name of the key, where there is an index.</param>
internal sealed record InlineType(IReadOnlyList<ManifestMember> Members, string? IndexName, TypeExpression? IndexKey, TypeExpression? IndexValue) : TypeExpression;
