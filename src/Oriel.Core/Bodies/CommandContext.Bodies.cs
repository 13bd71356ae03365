using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Oriel.Ipc;

namespace Oriel;

// The bytes of the call, which travel beside its JSON.
public sealed partial class CommandContext
{
    private readonly BodyTable? _bodyTable;
    private readonly string? _contentType;
    private CallBodies? _bodies;

    /// <summary>Whether the handler may be started once more when its bytes have arrived.</summary>
    internal bool StartsAgain { get; set; }

    /// <summary>The bytes of the call, if it has any so far.</summary>
    internal CallBodies? Bodies => _bodies;

    /// <summary>Reads arguments that hold bytes: waits until those that are wanted as a whole have arrived.</summary>
    /// <remarks>The type's metadata uses the converters of <see cref="BodyJson"/>.</remarks>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.InvalidParams"/>, with the path of the member that does not fit.</exception>
    public async ValueTask<T> ReadArgumentsAsync<T>(JsonTypeInfo<T> type)
    {
        for (; ; )
        {
            UpBody awaited;
            try
            {
                return ReadArguments(type);
            }
            catch (BodyPendingException pending)
            {
                awaited = pending.Body;
            }

            await awaited.BufferAsync(CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the bytes that are the call's whole argument. They end with the call.</summary>
    /// <remarks>What the page has not sent yet is waited for; a slow reader slows the page.</remarks>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.InvalidParams"/>: the argument is not bytes.</exception>
    public Stream OpenBody()
    {
        BeginReading();
        return UseBodies().Open(WholeArgument());
    }

    /// <summary>Opens the bytes that are the call's whole argument, to be read by pieces. They end with the call.</summary>
    /// <inheritdoc cref="OpenBody" path="/exception"/>
    public PipeReader OpenBodyReader() => PipeReader.Create(OpenBody());

    /// <summary>Waits for the bytes that are the call's whole argument.</summary>
    /// <inheritdoc cref="OpenBody" path="/exception"/>
    public async Task<ReadOnlyMemory<byte>> ReadBodyAsync()
    {
        var body = UseBodies().Take(WholeArgument());
        await body.BufferAsync(CancellationToken).ConfigureAwait(false);
        return body.Bytes;
    }

    /// <summary>Answers with bytes: a <c>Uint8Array</c> in the page.</summary>
    /// <param name="bytes">The bytes, which must not change until the page has them.</param>
    /// <param name="contentType">Their media type; the command's own by default.</param>
    public void WriteResult(ReadOnlyMemory<byte> bytes, string? contentType = null)
    {
        using var writer = new Utf8JsonWriter(Result);
        UseBodies().Park(writer, bytes, contentType);
    }

    /// <summary>Answers with a stream: a <c>ReadableStream</c> in the page, which is read as fast as the page reads it.</summary>
    /// <param name="stream">The stream; it is disposed when the page has read it, cancels it, or is gone.</param>
    /// <param name="contentType">The media type; the command's own by default.</param>
    public void WriteResult(Stream stream, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(stream);

        CallBodies bodies;
        try
        {
            bodies = UseBodies();
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        using var writer = new Utf8JsonWriter(Result);
        bodies.Park(writer, stream, contentType);
    }

    /// <summary>Answers with a pipe: a <c>ReadableStream</c> in the page. The reader is completed when the page has read it, cancels it, or is gone.</summary>
    /// <inheritdoc cref="WriteResult(Stream, string?)" path="/param"/>
    public void WriteResult(PipeReader reader, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        WriteResult(reader.AsStream(), contentType);
    }

    /// <summary>Sends bytes as an item of a stream; waits while the page is behind with the items, or with fetching their bytes.</summary>
    /// <param name="bytes">The bytes, which must not change until the page has them.</param>
    /// <param name="contentType">Their media type; the command's own by default.</param>
    public ValueTask SendBytesAsync(ReadOnlyMemory<byte> bytes, string? contentType = null)
    {
        BeginStream();
        return PassBytesAsync(bytes, contentType);
    }

    /// <summary>Sends bytes as an item, and leaves open whether the answer is a stream.</summary>
    internal async ValueTask PassBytesAsync(ReadOnlyMemory<byte> bytes, string? contentType = null)
    {
        var own = UseBodies();
        await _call.TakeCreditAsync().ConfigureAwait(false);
        using var json = new PooledBuffer();
        await SendTakenAsync(
            json,
            NewItemBodies(),
            (own, json, bytes, contentType),
            static item =>
            {
                using var writer = new Utf8JsonWriter(item.json);
                item.own.Park(writer, item.bytes, item.contentType);
            }).ConfigureAwait(false);
    }

    /// <summary>Whether the call's whole argument is bytes.</summary>
    internal bool IsBody => _bodyTable is not null && BodyReference.TryRead(Arguments.Span, out _);

    /// <summary>Reads the arguments of a handler that does nothing before, so that it may be started again.</summary>
    internal T ReadArgumentsFirst<T>(JsonTypeInfo<T> type)
    {
        StartsAgain = true;
        return ReadArguments(type);
    }

    internal CallBodies UseBodies() =>
        _bodies ??= new CallBodies(_bodyTable ?? throw new JsonException("Bytes travel between a page and its commands alone; this call is not a page's."), _contentType, _call);

    /// <summary>The arguments are read from their beginning: what they name is opened once in each reading, and nothing is lost by a reading that ended half-way.</summary>
    internal void BeginReading()
    {
        _bodies?.BeginReading();
        _call.ReopenStreams();
    }

    private BodyReference WholeArgument() =>
        BodyReference.TryRead(Arguments.Span, out var reference)
            ? reference
            : throw new IpcException(IpcErrorCode.InvalidParams, $"\"{Name}\" takes bytes as its argument: pass a Uint8Array, an ArrayBuffer, a Blob or a ReadableStream of bytes.");
}
