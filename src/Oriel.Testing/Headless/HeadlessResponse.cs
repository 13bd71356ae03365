using System.Text;

namespace Oriel.Testing;

/// <summary>What a page's fetch resolves with: the head of the answer, and its body to be read.</summary>
public sealed class HeadlessResponse : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancellation;

    internal HeadlessResponse(int status, IReadOnlyDictionary<string, string> headers, Stream body, CancellationTokenSource cancellation)
    {
        Status = status;
        Headers = headers;
        Body = body;
        _cancellation = cancellation;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The headers; names in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body, as it arrives.</summary>
    public Stream Body { get; }

    /// <summary>The media type.</summary>
    public string ContentType => Header("Content-Type") ?? "";

    /// <summary>A header, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Reads the body to its end.</summary>
    public async Task<byte[]> ReadBytesAsync(CancellationToken cancellationToken = default)
    {
        var bytes = new MemoryStream();
        await Body.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes.ToArray();
    }

    /// <summary>Reads the body to its end, as UTF-8.</summary>
    public async Task<string> ReadTextAsync(CancellationToken cancellationToken = default) =>
        Encoding.UTF8.GetString(await ReadBytesAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Ends the request: what of the body has not been read is not wanted any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _cancellation.CancelAsync().ConfigureAwait(false);
        await Body.DisposeAsync().ConfigureAwait(false);
    }
}
