namespace Gallery.Backend;

/// <summary>A line that the back end has written.</summary>
/// <param name="Number">Its number among all lines since the program began, from 1.</param>
/// <param name="Time">When it came, in milliseconds since 1970.</param>
/// <param name="Error">Whether it came from the standard error.</param>
/// <param name="Text">The line.</param>
public sealed record BackendLine(long Number, long Time, bool Error, string Text);
