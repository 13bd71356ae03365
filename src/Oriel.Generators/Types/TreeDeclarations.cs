namespace Oriel.Generators;

/// <summary>What a file declares.</summary>
/// <param name="Types">A hash of all but its commands and what its methods do.</param>
/// <param name="All">A hash of all but what its methods do.</param>
/// <param name="Commands">The methods that are commands, and a hash of each.</param>
/// <param name="Names">The names that it speaks of.</param>
internal sealed record TreeDeclarations(string Types, string All, IReadOnlyList<(string Name, string Text)> Commands, HashSet<string> Names);
