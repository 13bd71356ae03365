namespace Gallery.Events;

/// <summary>The answer to a <see cref="PageMessage"/>.</summary>
/// <param name="Text">The page's text.</param>
/// <param name="Received">When it came, in milliseconds since 1970.</param>
public sealed record PageEcho(string Text, long Received);
