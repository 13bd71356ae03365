namespace Gallery.Tour;

/// <summary>The answer of a call.</summary>
/// <param name="Text">What is said.</param>
/// <param name="Number">The number of the greetings so far, this one among them.</param>
public sealed record Greeting(string Text, long Number);
