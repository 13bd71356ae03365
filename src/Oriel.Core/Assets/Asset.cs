namespace Oriel.Assets;

/// <summary>A file that the app's pages can load.</summary>
/// <param name="Content">A seekable stream; whoever takes the asset disposes it.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="EntityTag">Changes whenever the content does, quoted as in the header; null for none.</param>
public sealed record Asset(Stream Content, string ContentType, string? EntityTag = null);
