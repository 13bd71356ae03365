namespace Oriel.Protocols;

/// <summary>A request of a page for a resource of a scheme that the application serves.</summary>
public sealed class ProtocolRequest
{
    private Stream? _body;

    /// <summary>The address as the page wrote it, percent-encoded.</summary>
    public required Uri Address { get; init; }

    /// <summary>The method, in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The headers; names in any case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body; empty when the request has none. Read it once, on any thread.</summary>
    /// <remarks>It is disposed when the handler has answered, unless it is the answer's own <see cref="ProtocolResponse.Stream"/>.</remarks>
    public Stream Body
    {
        get => _body ??= BodySource?.Invoke() ?? Stream.Null;
        init => _body = value;
    }

    /// <summary>For engines: opens the body. Called on the UI thread, once, and only when the request is not refused.</summary>
    public Func<Stream>? BodySource { private get; init; }

    /// <summary>The window whose page asks.</summary>
    public Window? Window { get; internal set; }

    /// <summary>Cancelled when the page no longer wants the answer.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>A header, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Closes the body, where it was opened and is not the answer's own.</summary>
    internal void CloseBody(Stream? answer)
    {
        if (_body is { } body && body != answer)
        {
            body.Dispose();
        }
    }
}
