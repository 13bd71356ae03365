namespace Oriel;

/// <summary>The media types that the application gives to bytes.</summary>
internal static class MediaType
{
    /// <exception cref="ArgumentException">It is empty, or would not stay one line of a header.</exception>
    public static string Check(string mediaType, string parameter) =>
        !string.IsNullOrEmpty(mediaType) && !mediaType.AsSpan().ContainsAnyInRange('\0', '\x1f')
            ? mediaType
            : throw new ArgumentException("A media type is one line of text, such as image/png.", parameter);
}
