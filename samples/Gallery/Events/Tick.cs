namespace Gallery.Events;

/// <summary>An event of every second.</summary>
/// <param name="Index">The number of the ticks before it.</param>
/// <param name="Time">When it was sent, in milliseconds since 1970.</param>
public sealed record Tick(int Index, long Time);
