namespace Gallery.Backend;

/// <summary>Asks for the times of calls.</summary>
/// <param name="Count">How many calls, one after the other.</param>
public sealed record MeasureArguments(int Count);
