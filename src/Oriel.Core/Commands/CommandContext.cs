using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Oriel.Ipc;

namespace Oriel;

/// <summary>A call of a page while its command runs.</summary>
/// <remarks><see cref="Arguments"/> and <see cref="Result"/> are the command's until its task completes.</remarks>
public sealed partial class CommandContext
{
    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

    private readonly IpcCall _call;

    internal CommandContext(IpcCall call, OrielApp app, Window window, BridgeSession? document = null, string? contentType = null)
    {
        _call = call;
        _bodyTable = document?.Bodies;
        _contentType = contentType;
        App = app;
        Window = window;
        Document = document;
    }

    /// <summary>The command's name.</summary>
    public string Name => _call.Method;

    /// <summary>The application.</summary>
    public OrielApp App { get; }

    /// <summary>The window whose page calls.</summary>
    public Window Window { get; }

    /// <summary>The application's services.</summary>
    public IServiceProvider Services => App.Services;

    /// <summary>The arguments: one JSON value in UTF-8; empty for none.</summary>
    public ReadOnlyMemory<byte> Arguments => _call.Arguments;

    /// <summary>Takes the answer: one JSON value in UTF-8 without line feeds; nothing written means <c>null</c>.</summary>
    public IBufferWriter<byte> Result => _call.Result;

    /// <summary>The document that calls; null where another process does.</summary>
    internal BridgeSession? Document { get; }

    /// <summary>Whether the page takes a stream.</summary>
    internal bool AcceptsStream => _call.AcceptsStream;

    /// <summary>Cancelled when the page cancels the call, or is left or closed.</summary>
    public CancellationToken CancellationToken => _call.CancellationToken;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.InvalidParams"/>, with the path of the member that does not fit.</exception>
    public T ReadArguments<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);

        BeginReading();
        using var scope = BodyScope.Enter(this);
        try
        {
            var arguments = Arguments.IsEmpty ? "null"u8 : Arguments.Span;
            return JsonSerializer.Deserialize(arguments, type) ?? throw new IpcException(IpcErrorCode.InvalidParams, $"\"{Name}\" needs arguments.");
        }
        catch (Exception exception) when (InvalidParams.IsCauseOf(exception))
        {
            throw Mismatch("The arguments", exception);
        }
    }

    /// <summary>Writes the answer.</summary>
    public void WriteResult<T>(T value, JsonTypeInfo<T> type)
    {
        using var scope = BodyScope.Enter(this);
        Write(Result, value, type);
    }

    /// <summary>Sends an item of a stream; waits while the page is behind.</summary>
    public async ValueTask SendItemAsync<T>(T item, JsonTypeInfo<T> type)
    {
        BeginStream();

        // Without ConfigureAwait: the item of a command of the UI thread is written there.
        await _call.TakeCreditAsync();
        using var json = new PooledBuffer();
        await SendTakenAsync(json, NewItemBodies(), (json, item, type), static item => Write(item.json, item.item, item.type)).ConfigureAwait(false);
    }

    /// <summary>Sends an item of a stream as one JSON value in UTF-8 without line feeds.</summary>
    public ValueTask SendItemAsync(ReadOnlyMemory<byte> json) => _call.SendItemAsync(json);

    /// <summary>Sends an item, and leaves open whether the answer is a stream.</summary>
    internal ValueTask PassItemAsync(ReadOnlyMemory<byte> json) => _call.PassItemAsync(json);

    /// <summary>Makes the answer a stream, also when no item follows.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.InvalidRequest"/>: the page wants a single answer.</exception>
    public void BeginStream() => _call.BeginStream();

    // A writer is as large as many answers: a thread keeps one. A converter that writes another answer meanwhile finds none, and makes its own.
    private static void Write<T>(IBufferWriter<byte> output, T value, JsonTypeInfo<T> type)
    {
        var writer = s_writer;
        s_writer = null;
        if (writer is null || writer.Options.MaxDepth != type.Options.MaxDepth)
        {
            writer = new Utf8JsonWriter(output, WriterOptions(type));
        }
        else
        {
            writer.Reset(output);
        }

        // One that failed half-way is left to the collector.
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
        writer.Reset();
        s_writer = writer;
    }

    private IpcException Mismatch(string what, Exception exception)
    {
        var path = InvalidParams.PathOf(exception) ?? "$";
        return InvalidParams.At(path, $"{what} of \"{Name}\" do not fit at {path}: {InvalidParams.ReasonOf(exception)}");
    }
}
