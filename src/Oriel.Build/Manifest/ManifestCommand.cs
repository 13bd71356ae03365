namespace Oriel.Build;

/// <summary>A command: its name on the wire, its parameters in order, and what it answers.</summary>
/// <param name="Progress">The type of what it reports while it runs; null when it reports nothing.</param>
/// <param name="Result">The type of its answer, or of one item when it is a stream.</param>
/// <param name="Returns">What is said about the answer.</param>
/// <param name="Deprecated">Why it should not be called any more; null when it may be.</param>
internal sealed record ManifestCommand(
    string Name, bool IsStream, string Doc, IReadOnlyList<ManifestMember> Parameters, TypeExpression? Progress, TypeExpression Result, string Returns, string? Deprecated);
