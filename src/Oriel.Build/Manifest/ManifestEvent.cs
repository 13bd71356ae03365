namespace Oriel.Build;

/// <summary>An event.</summary>
/// <param name="IsFromPage">Whether pages emit it and C# listens; otherwise it is the other way round.</param>
internal sealed record ManifestEvent(string Name, TypeExpression Type, bool IsFromPage);
