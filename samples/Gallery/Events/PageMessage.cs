namespace Gallery.Events;

/// <summary>A text that the page sends as an event.</summary>
public sealed record PageMessage(string Text);
