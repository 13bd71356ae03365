namespace Oriel.Build;

/// <summary>A parameter of a command, or a property of an object.</summary>
internal sealed record ManifestMember(string Name, TypeExpression Type, bool IsOptional, bool IsReadOnly, string Doc);
