namespace Oriel.Testing;

/// <summary>What a <see cref="HeadlessEngine"/> is created with.</summary>
public sealed record HeadlessEngineOptions
{
    /// <summary>
    /// Whether responses reach the page piece by piece, as in most engines. Without it messages go down in posts, as they do
    /// where an engine only takes whole responses.
    /// </summary>
    public bool StreamedResponses { get; init; } = true;

    /// <summary>
    /// The script of every document: it runs before anything reaches the page, so that a listener it adds misses no event.
    /// Called on the page's own thread.
    /// </summary>
    public Action<HeadlessPage>? Script { get; init; }
}
