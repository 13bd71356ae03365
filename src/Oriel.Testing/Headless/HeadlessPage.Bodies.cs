using System.Globalization;
using System.Text;
using System.Text.Json;
using Oriel.Ipc;

namespace Oriel.Testing;

// Bytes that travel beside the messages, as window.oriel has them travel.
public sealed partial class HeadlessPage
{
    // As in bodies.ts.
    private const int RangeBytes = 4 * 1024 * 1024;

    private int _lastBody;

    /// <summary>Makes bytes part of the arguments of a call, as a <c>Uint8Array</c> among them is: they are sent at once, in ranges.</summary>
    /// <returns>What stands for them in the arguments, as JSON; it is good for one call.</returns>
    public string AddBody(ReadOnlyMemory<byte> bytes) => AddBody(new MemoryStream(bytes.ToArray(), writable: false), bytes.Length);

    /// <summary>Makes a stream part of the arguments of a call, as a <c>ReadableStream</c> among them is: it is sent as fast as the application reads it.</summary>
    /// <param name="content">The stream; it is disposed when it was sent, or nobody wants it any more.</param>
    /// <param name="length">The length that the application is told; null for none.</param>
    /// <inheritdoc cref="AddBody(ReadOnlyMemory{byte})" path="/returns"/>
    public string AddBody(Stream content, long? length = null)
    {
        ArgumentNullException.ThrowIfNull(content);

        var id = NewBodyId();
        _ = SendBodyAsync(id, content);
        return ReferenceOf(id, length);
    }

    /// <summary>Makes the number of a body of which nothing is sent by itself: for what a hostile page does.</summary>
    public string NewBodyId() => Interlocked.Increment(ref _lastBody).ToString(CultureInfo.InvariantCulture);

    /// <summary>What stands in arguments for a body, as JSON.</summary>
    public static string ReferenceOf(string id, long? length = null) =>
        $$"""{"$body":"{{id}}","length":{{length?.ToString(CultureInfo.InvariantCulture) ?? "null"}}}""";

    /// <summary>Where the document's bytes are: followed by the number of a body.</summary>
    public string BodyFolder => $"{BridgeAddress.Origin}{BridgeAddress.Body}{_client.BodyToken}/";

    /// <summary>Sends one range of a body, as the page's client does; completes when the application has read it.</summary>
    public Task<HeadlessResponse> SendRangeAsync(string id, long offset, ReadOnlyMemory<byte> bytes, bool isLast, CancellationToken cancellationToken = default) =>
        FetchAsync(string.Create(CultureInfo.InvariantCulture, $"{BodyFolder}{id}?offset={offset}&last={(isLast ? 1 : 0)}"), "POST", body: bytes, cancellationToken: cancellationToken);

    /// <summary>Opens the bytes that an answer names, as the page's client does: whole, or a stream that asks for a range when it is read.</summary>
    /// <param name="reference">What stands for them in the answer, as JSON. Disposing the stream before its end cancels it.</param>
    /// <param name="cancellationToken">Ends the wait for bytes that come whole.</param>
    /// <exception cref="ArgumentException">It names no bytes of this document.</exception>
    /// <exception cref="IpcException">They are gone.</exception>
    public async Task<Stream> OpenBodyAsync(string reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);

        using var json = JsonDocument.Parse(reference);
        var isReference = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("$body", out _);
        if (!isReference || json.RootElement.GetProperty("$body").GetString() is not { } path || !$"{BridgeAddress.Origin}{path}".StartsWith(BodyFolder, StringComparison.Ordinal))
        {
            throw new ArgumentException($"{reference} names no bytes of this document.", nameof(reference));
        }

        var address = BridgeAddress.Origin + path;
        if (json.RootElement.GetProperty("kind").GetString() == "stream")
        {
            return new PageBodyStream(this, address);
        }

        await using var response = await FetchAsync(address, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.Status == 200
            ? new MemoryStream(await response.ReadBytesAsync(cancellationToken).ConfigureAwait(false), writable: false)
            : throw new IpcException(IpcErrorCode.Disconnected, await response.ReadTextAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads the bytes that an answer names to their end.</summary>
    /// <inheritdoc cref="OpenBodyAsync" path="/exception"/>
    public async Task<byte[]> ReadBodyAsync(string reference, CancellationToken cancellationToken = default)
    {
        await using var body = await OpenBodyAsync(reference, cancellationToken).ConfigureAwait(false);
        var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes.ToArray();
    }

    private async Task SendBodyAsync(string id, Stream content)
    {
        await using (content.ConfigureAwait(false))
        {
            try
            {
                await Ready.ConfigureAwait(false);
                var buffer = new byte[RangeBytes];
                var offset = 0L;
                int count;
                do
                {
                    count = await content.ReadAsync(buffer, _ended.Token).ConfigureAwait(false);
                    await using var response = await SendRangeAsync(id, offset, buffer.AsMemory(0, count), isLast: count == 0, _ended.Token).ConfigureAwait(false);
                    if (response.Status != 200)
                    {
                        return;
                    }

                    offset += count;
                }
                while (count > 0);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IpcException or HttpRequestException)
            {
                // The document is gone.
            }
            catch (Exception exception)
            {
                await using var response = await FetchAsync($"{BodyFolder}{id}?abort=1", "POST", body: Encoding.UTF8.GetBytes(exception.Message)).ConfigureAwait(false);
            }
        }
    }
}
