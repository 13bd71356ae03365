using System.Buffers;
using System.Text.Json;
using Oriel.Ipc;

namespace Oriel;

/// <summary>Passes calls of pages on to a back end: arguments, answers and errors as they are, items of streams as fast as the page takes them.</summary>
internal sealed class BackendProxy : ICommandSource
{
    private readonly string _name;
    private readonly int _prefixLength;
    private readonly BackendSupervisor _supervisor;
    private readonly Predicate<string>? _allows;
    private readonly Command _command;

    /// <summary>Creates a proxy for a back end whose commands pages call under a prefix.</summary>
    /// <param name="name">The back end's name.</param>
    /// <param name="prefix">The prefix.</param>
    /// <param name="supervisor">What keeps the back end alive.</param>
    /// <param name="allows">Which commands are named to pages; all of them when null. Whether they may be called is the caller's to check.</param>
    public BackendProxy(string name, string prefix, BackendSupervisor supervisor, Predicate<string>? allows)
    {
        _allows = allows;
        _name = name;
        _prefixLength = prefix.Length;
        _supervisor = supervisor;
        _command = new Command(prefix, CallAsync, new CommandOptions());
    }

    public IReadOnlyList<string> Names => _supervisor.Current is { } session ? [.. session.Handlers] : [];

    // One for all names: which of them there are is known when the back end is ready, for which a call may have to wait.
    public Command? Find(string name) => _command;

    private async ValueTask CallAsync(CommandContext context)
    {
        var method = context.Name[_prefixLength..];
        var session = await _supervisor.GetAsync(context.CancellationToken).ConfigureAwait(false);
        if (!session.Handlers.Contains(method))
        {
            throw Unknown(context.Name, method, session.Handlers);
        }

        if (context.AcceptsStream)
        {
            if (context.IsBody)
            {
                throw new IpcException(IpcErrorCode.InvalidParams, $"\"{context.Name}\" is called as a stream: bytes are the argument of a call for a single answer.");
            }

            var last = await session.StreamAsync(method, context.Arguments, item => PassItemAsync(context, item), context.CancellationToken).ConfigureAwait(false);
            if (last is { } single)
            {
                Answer(context, single);
            }
            else
            {
                context.BeginStream();
            }

            return;
        }

        var isBody = context.IsBody;
        var arguments = isBody ? IpcPayload.FromBytes(await context.ReadBodyAsync().ConfigureAwait(false)) : context.Arguments;
        try
        {
            // The page's own time-out cancels the call, there too.
            Answer(context, await session.RequestAsync(method, arguments, Timeout.InfiniteTimeSpan, context.CancellationToken).ConfigureAwait(false));
        }
        catch (IpcException exception) when (!isBody && IsUnstartedStream(exception.Error))
        {
            if (await BackendByteStream.OpenAsync(session, method, context.Arguments, context.CancellationToken).ConfigureAwait(false) is not { } bytes)
            {
                throw;
            }

            context.WriteResult(bytes);
        }
    }

    // A generator that was called for one answer, and has not begun: it may be called once more.
    private static bool IsUnstartedStream(IpcError error)
    {
        if (error.Code != (int)IpcErrorCode.InvalidRequest || error.Data.IsEmpty)
        {
            return false;
        }

        using var data = JsonDocument.Parse(error.Data, new JsonDocumentOptions { MaxDepth = IpcLimits.Default.MaxDepth });
        return data.RootElement.ValueKind == JsonValueKind.Object && data.RootElement.TryGetProperty("stream"u8, out var mark) && mark.ValueKind == JsonValueKind.True;
    }

    private static void Answer(CommandContext context, IpcPayload answer)
    {
        if (answer.IsBinary)
        {
            context.WriteResult(answer.Memory);
        }
        else
        {
            context.Result.Write(JsonOf(answer).Span);
        }
    }

    private static ValueTask PassItemAsync(CommandContext context, IpcPayload item) =>
        item.IsBinary ? context.PassBytesAsync(item.Memory) : context.PassItemAsync(JsonOf(item));

    private static ReadOnlyMemory<byte> JsonOf(IpcPayload payload) => payload.Memory.IsEmpty ? "null"u8.ToArray() : payload.Memory;

    private IpcException Unknown(string name, string method, IReadOnlySet<string> handlers) =>
        new(AvailableNames.Error($"There is no command \"{name}\": the back end \"{_name}\" has not announced \"{method}\".", [.. handlers.Where(handler => _allows is null || _allows(handler))]));
}
