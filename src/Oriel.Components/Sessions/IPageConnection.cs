namespace Oriel.Components;

/// <summary>The way from a tree of components to the page that shows it.</summary>
internal interface IPageConnection
{
    /// <summary>Sends a message, in the order of the calls; completes when the transport has taken it.</summary>
    /// <param name="message">One JSON array in UTF-8 without line feeds, which is the callee's from now on.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Whether the page comes back by another connection when this one breaks; else the session ends with it.</summary>
    bool CanResume => true;

    /// <summary>The longest message that it takes.</summary>
    int MaxMessageBytes => Outbox.MaxMessageBytes;

    /// <summary>Makes content available to the page, for one GET.</summary>
    /// <returns>The address for the page. Disposing ends it, whether it was fetched or not.</returns>
    PublishedContent Publish(Func<Stream> open, string mediaType);
}
