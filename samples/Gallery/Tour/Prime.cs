namespace Gallery.Tour;

/// <summary>An item of a stream.</summary>
/// <param name="Index">Its place among the primes, from 1.</param>
/// <param name="Value">The prime.</param>
public readonly record struct Prime(int Index, int Value);
