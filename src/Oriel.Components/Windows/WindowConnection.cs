using System.Security.Cryptography;

namespace Oriel.Components;

/// <summary>The way to a document of a window: the stream that it has opened.</summary>
internal sealed class WindowConnection(CommandContext stream) : IPageConnection
{
    // What stands around an item of a stream on its way.
    private const int EnvelopeBytes = 1_024;

    // A document has one stream: when it is loaded again it begins another session.
    public bool CanResume => false;

    public int MaxMessageBytes => Math.Clamp(stream.App.Options.Limits.MaxMessageBytes - EnvelopeBytes, 1, Outbox.MaxMessageBytes);

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var sent = stream.SendItemAsync(message);
        return sent.IsCompleted ? sent : new ValueTask(sent.AsTask().WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>The address is a secret of the document, its window alone can use it, and once.</remarks>
    public PublishedContent Publish(Func<Stream> open, string mediaType)
    {
        var window = stream.Window;
        var isTaken = 0;
        var content = stream.App.Serve(
            $"ui/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}",
            open,
            mediaType,
            request => request.Window == window && request.Method == "GET" && Interlocked.Exchange(ref isTaken, 1) == 0);
        return new PublishedContent(content.Url, content.Dispose);
    }
}
