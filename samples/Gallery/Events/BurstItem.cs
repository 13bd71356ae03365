namespace Gallery.Events;

/// <summary>One event of a burst.</summary>
public sealed record BurstItem(int Index, string Padding);
