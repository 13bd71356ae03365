using Oriel;

namespace Gallery.Bridge;

/// <summary>A command that the page can try.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Example">Arguments to try it with, as JSON text.</param>
/// <param name="Thread">Where its handler runs.</param>
/// <param name="Stream">Whether its answer is a stream.</param>
public sealed record CommandDescription(string Name, string? Description, string? Example, CommandThread Thread, bool Stream);
