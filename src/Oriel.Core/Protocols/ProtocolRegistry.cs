namespace Oriel.Protocols;

/// <summary>Answers requests of a scheme. Runs on the thread pool.</summary>
public delegate ValueTask<ProtocolResponse> ProtocolHandler(ProtocolRequest request);

/// <summary>The application's own schemes: <c>app.Protocols.Map("thumbs", request => ...)</c> serves <c>thumbs://...</c>.</summary>
/// <remarks>
/// Only pages of the app's origin reach a handler. A request of another origin, or one that changes something and does not
/// say where it comes from, is refused before. Engines register schemes when they start, so map them before the first window.
/// </remarks>
public sealed class ProtocolRegistry
{
    private static readonly string[] Reserved = [BridgeAddress.Scheme, "http", "https", "file", "data", "blob", "about", "javascript", "ws", "wss", "ftp", "mailto"];

    private readonly Dictionary<string, ProtocolHandler> _handlers = new(StringComparer.Ordinal);
    private bool _isFrozen;

    /// <summary>The mapped schemes.</summary>
    public IReadOnlyCollection<string> Schemes => _handlers.Keys;

    /// <summary>Serves a scheme.</summary>
    /// <param name="scheme">Lower-case letters, digits, <c>+ - .</c>, beginning with a letter (RFC 3986, 3.1).</param>
    /// <param name="handler">Answers its requests; an exception of it becomes status 500, without its text.</param>
    public void Map(string scheme, ProtocolHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);

        if (!IsScheme(scheme) || Reserved.Contains(scheme))
        {
            throw new ArgumentException($"\"{scheme}\" cannot be a scheme of the application: use lower-case letters and digits, and none of {string.Join(", ", Reserved)}.", nameof(scheme));
        }

        if (_isFrozen)
        {
            throw new InvalidOperationException($"Map \"{scheme}\" before the first window is created: the engine has started.");
        }

        if (!_handlers.TryAdd(scheme, handler))
        {
            throw new ArgumentException($"The scheme \"{scheme}\" is mapped already.", nameof(scheme));
        }
    }

    /// <summary>Serves a scheme by a function that does not wait.</summary>
    public void Map(string scheme, Func<ProtocolRequest, ProtocolResponse> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Map(scheme, (ProtocolHandler)(request => ValueTask.FromResult(handler(request))));
    }

    internal void Freeze() => _isFrozen = true;

    internal ProtocolHandler? Find(string scheme) => _handlers.GetValueOrDefault(scheme);

    private static bool IsScheme(string? scheme) =>
        scheme is { Length: > 0 and <= 32 } && char.IsAsciiLetterLower(scheme[0]) && scheme.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '+' or '-' or '.');
}
