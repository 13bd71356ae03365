namespace Oriel;

/// <summary>Content that pages load by its address, for as long as this is not disposed: for <c>img</c>, <c>video</c> and links.</summary>
public sealed class ServedContent : IDisposable
{
    private readonly ServedContents _owner;

    internal ServedContent(ServedContents owner, string key, string mediaType, Func<Stream> open)
    {
        _owner = owner;
        Key = key;
        MediaType = mediaType;
        Open = open;
    }

    /// <summary>The address, which pages of the application's origin use as it is.</summary>
    public string Url => BridgeAddress.Serve + Key;

    /// <summary>The key that it was given.</summary>
    public string Key { get; }

    /// <summary>The media type.</summary>
    public string MediaType { get; }

    internal Func<Stream> Open { get; }

    internal Func<Protocols.ProtocolRequest, bool>? Admits { get; init; }

    /// <summary>Ends the address. Who reads the content at the time reads it to its end.</summary>
    public void Dispose() => _owner.Remove(this);
}
