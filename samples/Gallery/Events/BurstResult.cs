namespace Gallery.Events;

/// <summary>How long it took until the page had all events of a burst.</summary>
public sealed record BurstResult(int Count, double Milliseconds);
