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

    /// <summary>Followed by a document's token and a number: bytes of a call or of its answer.</summary>
    public const string Body = $"{Folder}body/";

    /// <summary>Followed by a key: what the application serves by <see cref="OrielApp.Serve(string, ReadOnlyMemory{byte}, string)"/>.</summary>
    public const string Serve = $"{Folder}serve/";

    /// <summary>Followed by a path: scripts and style sheets that parts of Oriel bring along.</summary>
    public const string UI = $"{Folder}ui/";
}
