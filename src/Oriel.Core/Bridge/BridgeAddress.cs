namespace Oriel;

/// <summary>The app's own origin, and what of it belongs to the bridge.</summary>
internal static class BridgeAddress
{
    public const string Scheme = "oriel";

    public const string Host = "app";

    /// <summary>The origin of the app's pages.</summary>
    public const string Origin = $"{Scheme}://{Host}";

    /// <summary>The folder that no asset can stand in.</summary>
    public const string Folder = "/.oriel/";

    /// <summary>Followed by a document's id: the stream of messages to it.</summary>
    public const string Down = $"{Folder}down/";
}
