using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Oriel.Ipc;

namespace Oriel;

// Values over time: streams both ways, and progress.
public sealed partial class CommandContext
{
    /// <summary>Makes the answer a stream, and sends its items; waits while the page is behind, and ends where the page stops reading.</summary>
    /// <remarks>The items are enumerated with <see cref="CancellationToken"/>, one ahead of what the page allows.</remarks>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.InvalidRequest"/>: the page wants a single answer.</exception>
    public async ValueTask SendStreamAsync<T>(IAsyncEnumerable<T> items, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(type);

        BeginStream();
        using var json = new PooledBuffer();
        using var writer = new Utf8JsonWriter(json, WriterOptions(type));
        var bodies = NewItemBodies();

        // Without ConfigureAwait: the items of a command of the UI thread are made and written there.
        await foreach (var item in items.WithCancellation(CancellationToken))
        {
            await _call.TakeCreditAsync();
            await SendTakenAsync(json, bodies, (json, writer, item, type), static item => Rewrite(item.json, item.writer, item.item, item.type));
        }
    }

    /// <inheritdoc cref="SendStreamAsync{T}(IAsyncEnumerable{T}, JsonTypeInfo{T})"/>
    /// <remarks>Who writes to the channel learns by <see cref="CancellationToken"/> that the page has stopped reading: a channel cannot tell it.</remarks>
    public ValueTask SendStreamAsync<T>(ChannelReader<T> items, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(items);
        return SendStreamAsync(items.ReadAllAsync(), type);
    }

    /// <summary>Reports how far the call has come: the page gets it by <c>onProgress</c>.</summary>
    /// <remarks>
    /// Reporting never waits. While the page is behind only the newest report is kept, and what is reported behind the end of the command is
    /// dropped. A page that did not ask for progress gets none. Values are written when they are sent: report values that do not change.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The command reports already: a call has one report, the newest.</exception>
    public IProgress<T> Progress<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);

        if (!_call.AcceptsStream)
        {
            return NoProgress<T>.Instance;
        }

        var sender = new ProgressSender<T>(_call, (output, value) => Write(output, value, type));
        _call.ReportBy(sender);
        return sender;
    }

    /// <summary>Reads a parameter that is a stream of values, which the page passes as an async iterable.</summary>
    /// <remarks>
    /// Nothing is sent before the first value is asked for. Leaving the enumeration, and the end of the call, return the page's iterator. It
    /// can be enumerated once; an exception of the page's iterator is thrown behind the values that came before it.
    /// </remarks>
    /// <param name="reader">Stands on the value, and at its end afterwards.</param>
    /// <param name="type">Metadata of a value.</param>
    /// <exception cref="JsonException">The value is no stream.</exception>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.Busy"/>: too many streams are open.</exception>
    public IAsyncEnumerable<T> ReadStream<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type) => OpenStream(ReadReference(ref reader), type);

    /// <summary>Reads a parameter that is a stream of values as a channel; it ends with the call, or with the page's iterator.</summary>
    /// <inheritdoc cref="ReadStream{T}(ref Utf8JsonReader, JsonTypeInfo{T})"/>
    public ChannelReader<T> ReadChannel<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new ItemReader<T>(this, Open(ReadReference(ref reader)), type);
    }

    /// <summary>Opens a stream of values that the arguments name, for commands that read their arguments themselves.</summary>
    /// <param name="id">What stands at <c>$stream</c>.</param>
    /// <param name="type">Metadata of a value.</param>
    /// <exception cref="IpcException">
    /// <see cref="IpcErrorCode.InvalidParams"/>: it is being read already; <see cref="IpcErrorCode.Busy"/>: too many streams are open.
    /// </exception>
    public IAsyncEnumerable<T> OpenStream<T>(string id, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(type);
        return EnumerateAsync(Open(id), type);
    }

    private ArgumentStream Open(string id) => _call.OpenStream(new IpcId(id));

    private async IAsyncEnumerable<T> EnumerateAsync<T>(ArgumentStream stream, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            while (await stream.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (stream.TryRead(out var item))
                {
                    yield return ReadItem(item, type);
                }
            }
        }
        finally
        {
            _call.CloseStream(stream);
        }
    }

    private T ReadItem<T>(IpcPayload item, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(item.Memory.IsEmpty ? "null"u8 : item.Span, type)!;
        }
        catch (Exception exception) when (InvalidParams.IsCauseOf(exception))
        {
            throw Mismatch("Values of a stream for the arguments", exception);
        }
    }

    private static string ReadReference(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.None)
        {
            reader.Read();
        }

        if (reader.TokenType == JsonTokenType.StartObject
            && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("$stream"u8)
            && reader.Read() && reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 and <= IpcId.MaxLength } id
            && reader.Read() && reader.TokenType == JsonTokenType.EndObject)
        {
            return id;
        }

        throw new JsonException("A stream of values is expected: pass an async iterable, such as an async generator; a ReadableStream of values as oriel.values(stream).");
    }

    // Writes an item whose credit was taken, on this thread, and sends it when the page has room for its bytes.
    private ValueTask SendTakenAsync<TItem>(PooledBuffer json, ItemBodies? bodies, TItem item, Action<TItem> write)
    {
        try
        {
            using var scope = BodyScope.Enter(this, bodies);
            write(item);
        }
        catch
        {
            bodies?.Discard();
            _call.ReturnCredit();
            throw;
        }

        return bodies is null or { IsEmpty: true } ? _call.SendTakenAsync(json.Memory) : ParkAndSendAsync(json, bodies);
    }

    private async ValueTask ParkAndSendAsync(PooledBuffer json, ItemBodies bodies)
    {
        try
        {
            await bodies.ParkAsync(CancellationToken).ConfigureAwait(false);
            await _call.SendTakenAsync(json.Memory).ConfigureAwait(false);
            bodies.HandOver();
        }
        catch
        {
            bodies.Discard();
            _call.ReturnCredit();
            throw;
        }
    }

    private ItemBodies? NewItemBodies() => _bodyTable is null ? null : new ItemBodies(_bodyTable);

    private static void Rewrite<T>(PooledBuffer json, Utf8JsonWriter writer, T item, JsonTypeInfo<T> type)
    {
        json.Truncate(0);
        writer.Reset();
        JsonSerializer.Serialize(writer, item, type);
    }

    private static JsonWriterOptions WriterOptions<T>(JsonTypeInfo<T> type) => new() { SkipValidation = true, MaxDepth = type.Options.MaxDepth };

    private sealed class NoProgress<T> : IProgress<T>
    {
        public static readonly NoProgress<T> Instance = new();

        public void Report(T value)
        {
        }
    }

    private sealed class ItemReader<T>(CommandContext context, ArgumentStream stream, JsonTypeInfo<T> type) : ChannelReader<T>
    {
        public override Task Completion => stream.Completion;

        public override bool TryRead([MaybeNullWhen(false)] out T item)
        {
            if (!stream.TryRead(out var json))
            {
                item = default;
                return false;
            }

            try
            {
                item = context.ReadItem(json, type);
                return true;
            }
            catch
            {
                context._call.CloseStream(stream);
                throw;
            }
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => stream.WaitToReadAsync(cancellationToken);
    }
}
