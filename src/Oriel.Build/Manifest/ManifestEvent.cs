namespace Oriel.Build;

/// <summary>An event that C# emits.</summary>
internal sealed record ManifestEvent(string Name, TypeExpression Type);
