namespace Oriel.Protocols;

/// <summary>A request of a page for a resource of a scheme that the application serves.</summary>
public sealed class ProtocolRequest
{
    /// <summary>The address as the page wrote it, percent-encoded.</summary>
    public required Uri Address { get; init; }

    /// <summary>The method, in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The headers; names in any case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body; empty when the request has none. Read it once, on any thread.</summary>
    /// <remarks>It is disposed when the handler has answered, unless it is the answer's own <see cref="ProtocolResponse.Stream"/>.</remarks>
    public Stream Body { get; init; } = Stream.Null;

    /// <summary>The window whose page asks.</summary>
    public Window? Window { get; internal set; }

    /// <summary>Cancelled when the page no longer wants the answer.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>A header, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
