namespace Gallery;

/// <summary>The colours that the page has.</summary>
public sealed record PageTheme(Theme Theme);
