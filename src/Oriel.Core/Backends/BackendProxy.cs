using System.Buffers;
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
            var last = await session.StreamAsync(method, context.Arguments, item => context.PassItemAsync(JsonOf(item, method)), context.CancellationToken).ConfigureAwait(false);
            if (last is { } single)
            {
                context.Result.Write(JsonOf(single, method).Span);
            }
            else
            {
                context.BeginStream();
            }

            return;
        }

        // The page's own time-out cancels the call, there too.
        var answer = await session.RequestAsync(method, context.Arguments, Timeout.InfiniteTimeSpan, context.CancellationToken).ConfigureAwait(false);
        context.Result.Write(JsonOf(answer, method).Span);
    }

    private ReadOnlyMemory<byte> JsonOf(IpcPayload payload, string method)
    {
        if (payload.IsBinary)
        {
            throw new IpcException(IpcErrorCode.InternalError, $"\"{method}\" of the back end \"{_name}\" answered with bytes, which cannot be passed on to a page. Answer with JSON, or with the address of a file that the application serves.");
        }

        return payload.Memory.IsEmpty ? "null"u8.ToArray() : payload.Memory;
    }

    private IpcException Unknown(string name, string method, IReadOnlySet<string> handlers) =>
        new(AvailableNames.Error($"There is no command \"{name}\": the back end \"{_name}\" has not announced \"{method}\".", [.. handlers.Where(handler => _allows is null || _allows(handler))]));
}
