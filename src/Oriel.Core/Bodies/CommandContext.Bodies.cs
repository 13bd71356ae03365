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
    internal bool StartsAgain { get; private set; }

    /// <summary>The bytes of the call, if it has any so far.</summary>
    internal CallBodies? Bodies => _bodies;

    /// <summary>Has the command wait for the bytes that its arguments hold. For generated code: it calls this before anything else, and reads the arguments next.</summary>
    /// <remarks>
    /// Which bytes are wanted as a whole, and which as a stream, shows when the arguments are read. Where some are wanted that have not arrived, reading
    /// ends with an exception, which the handler lets through, and the handler is started once more when they have.
    /// </remarks>
    public ValueTask ReceiveBodiesAsync()
    {
        StartsAgain = true;
        return ValueTask.CompletedTask;
    }

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
    public Stream OpenBody() => UseBodies().Open(WholeArgument());

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

        using var writer = new Utf8JsonWriter(Result);
        UseBodies().Park(writer, stream, contentType);
    }

    /// <summary>Answers with a pipe: a <c>ReadableStream</c> in the page. The reader is completed when the page has read it, cancels it, or is gone.</summary>
    /// <inheritdoc cref="WriteResult(Stream, string?)" path="/param"/>
    public void WriteResult(PipeReader reader, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        WriteResult(reader.AsStream(), contentType);
    }

    /// <summary>Sends bytes as an item of a stream; waits while the page is behind.</summary>
    public async ValueTask SendBytesAsync(ReadOnlyMemory<byte> bytes, string? contentType = null)
    {
        using var json = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(json))
        {
            UseBodies().Park(writer, bytes, contentType);
        }

        await _call.SendItemAsync(json.Memory).ConfigureAwait(false);
        _bodies!.HandOver();
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
        _bodies ??= new CallBodies(_bodyTable ?? throw new JsonException("Bytes travel between a page and its commands alone; this call is not a page's."), _contentType);

    private BodyReference WholeArgument() =>
        BodyReference.TryRead(Arguments.Span, out var reference)
            ? reference
            : throw new IpcException(IpcErrorCode.InvalidParams, $"\"{Name}\" takes bytes as its argument: pass a Uint8Array, an ArrayBuffer, a Blob or a ReadableStream of bytes.");
}
