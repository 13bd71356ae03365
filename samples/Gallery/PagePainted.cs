namespace Gallery;

/// <summary>A page has painted its data.</summary>
/// <param name="Page">One of <see cref="GalleryOptions.Pages"/>.</param>
public sealed record PagePainted(string Page);
