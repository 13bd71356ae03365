namespace Oriel.Generators.Capabilities;

/// <summary>A command, event, state or capability that the code names.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name; null when the code makes it at run time, so that not all names of the kind are known.</param>
internal sealed record KnownName(KnownKind Kind, string? Name);
