using System.Text.Json;
using Oriel.Ipc;
using Oriel.Processes;

namespace Oriel;

/// <summary>What a back end may call: the commands that it was granted, in the name of a window.</summary>
internal sealed class BackendRights(OrielApp app, string backend, ProcessBackendOptions options)
{
    // Who calls what it may not, again and again and by names that it makes up, must not fill the log.
    private const int MaxRefusals = 16;

    private readonly HashSet<string> _allowed = [.. options.AllowedCommands];
    private readonly HashSet<string> _refused = [];

    /// <summary>Where a call of the back end goes; null when there is no such command.</summary>
    public IpcRoute? Route(string method)
    {
        if (app.Commands.Find(method) is not { } command)
        {
            return null;
        }

        if (!_allowed.Contains(method))
        {
            Tell(method);
            return Refuse(IpcErrorCode.Denied, $"The back end \"{backend}\" may not call \"{method}\".");
        }

        if (app.Windows.Count == 0)
        {
            return Refuse(IpcErrorCode.InvalidRequest, $"\"{method}\" needs a window, and none is open.");
        }

        return new IpcRoute(
            call => command.Handler(new CommandContext(call, app, WindowOf(call))),
            command.Options.Thread == CommandThread.UI ? app.Dispatcher : null);
    }

    private void Tell(string method)
    {
        lock (_refused)
        {
            if (_refused.Count == MaxRefusals || !_refused.Add(method))
            {
                return;
            }
        }

        app.Log.Value.BackendCallRefused(backend, LineReader.ForPeople(method));
    }

    // A page drives its own window. A back end has none: it drives the first, or the one whose number it gives.
    private Window WindowOf(IpcCall call)
    {
        if (call.HasBinaryArguments)
        {
            throw new IpcException(IpcErrorCode.InvalidParams, $"\"{call.Method}\" takes JSON, not bytes.");
        }

        if (WindowCommands.Contains(call.Method) && ReadNumber(call.Arguments) is { } number)
        {
            return app.Windows.FirstOrDefault(window => window.Id == number)
                ?? throw new IpcException(IpcErrorCode.InvalidParams, $"There is no window {number}. Open: {string.Join(", ", app.Windows.Select(static window => window.Id))}.");
        }

        return app.Windows is [var first, ..] ? first : throw new IpcException(IpcErrorCode.InvalidRequest, $"\"{call.Method}\" needs a window, and none is open.");
    }

    private int? ReadNumber(ReadOnlyMemory<byte> arguments)
    {
        if (arguments.IsEmpty)
        {
            return null;
        }

        using var json = JsonDocument.Parse(arguments, new JsonDocumentOptions { MaxDepth = options.Limits.MaxDepth });
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("window", out var window)
            ? window.ValueKind == JsonValueKind.Number && window.TryGetInt32(out var number) ? number : throw new IpcException(IpcErrorCode.InvalidParams, "The argument \"window\" is a window's number.")
            : null;
    }

    private static IpcRoute Refuse(IpcErrorCode code, string message) => new(_ => throw new IpcException(code, message));
}
