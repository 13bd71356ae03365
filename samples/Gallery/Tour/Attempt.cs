namespace Gallery.Tour;

/// <summary>Somebody tried to open the vault.</summary>
/// <param name="By">The kind of window.</param>
/// <param name="Opened">Whether it was opened.</param>
/// <param name="Answer">What the page was told.</param>
/// <param name="Time">When, in milliseconds since 1970.</param>
public sealed record Attempt(string By, bool Opened, string Answer, long Time);
