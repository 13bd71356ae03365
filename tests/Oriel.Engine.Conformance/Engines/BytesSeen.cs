namespace Oriel.Engine.Conformance;

/// <summary>What a page got for bytes.</summary>
/// <param name="Kind"><c>bytes</c> or <c>stream</c>.</param>
/// <param name="Length">How many there were.</param>
/// <param name="Hash">Their SHA-256, in lower-case hexadecimal.</param>
public readonly record struct BytesSeen(string Kind, long Length, string Hash);
