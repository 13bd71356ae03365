namespace Gallery.Monitor;

/// <summary>The page came into view, or left it: it is in a window that was minimized.</summary>
public sealed record PageVisibility(bool Visible);
