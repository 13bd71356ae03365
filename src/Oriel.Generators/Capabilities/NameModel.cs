namespace Oriel.Generators.Capabilities;

/// <summary>A name or a pattern, and where it stands.</summary>
internal sealed record NameModel(string Text, SourceLocation Location);
