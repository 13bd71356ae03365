namespace Oriel.Testing;

/// <summary>A frame as it came to a page.</summary>
/// <param name="Number">Its number among all messages to the page.</param>
/// <param name="Text">Its JSON.</param>
/// <param name="Bytes">How many bytes it takes on the way.</param>
public sealed record PageFrame(long Number, string Text, int Bytes);
