namespace Oriel.Build;

/// <summary>A value that C# shares with its pages.</summary>
internal sealed record ManifestState(string Name, TypeExpression Type, bool IsWritable);
