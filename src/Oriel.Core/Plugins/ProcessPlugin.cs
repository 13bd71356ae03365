using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Oriel.Ipc;

namespace Oriel;

/// <summary>Lets pages start scripts that the application lists, talk to them, and end them (RFC 0011): <c>plugin:process|spawn</c>.</summary>
/// <remarks>
/// <para>
/// <c>spawn {"script"}</c> starts one and answers <c>{"id","pid","script"}</c> when it is ready; <c>send {"id","event"?,"data"}</c> sends it
/// an event (<c>message</c> unless named); <c>kill {"id"}</c> ends it, <c>list</c> tells those that run. The window that started a script gets
/// <c>process:message {"id","pid","script","event","data"}</c> for each event that it emits, <c>process:stdout</c> and <c>process:stderr</c>
/// <c>{..., "data": line}</c>, and <c>process:exit {..., "code"}</c>. A script ends with its window.
/// </para>
/// <para>A page chooses among names. It can neither name a program nor give it arguments or an environment.</para>
/// <code>
/// app.Plugins.Add(new ProcessPlugin(new ProcessPluginOptions
/// {
///     Scripts = new Dictionary&lt;string, ProcessBackendOptions&gt; { ["resize"] = new() { Program = "python3", Arguments = ["resize.py"] } },
/// }));
/// </code>
/// </remarks>
public sealed class ProcessPlugin : IPlugin, IAsyncDisposable
{
    // A page that ends scripts and does not read of it. What each has written meanwhile is kept for it.
    private const int MaxUntold = 32;

    private readonly ProcessPluginOptions _options;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, ChildProcess> _children = [];
    private int _untold;
    private OrielApp? _app;
    private int _lastId;
    private bool _isEnded;

    /// <summary>Creates the plug-in.</summary>
    /// <exception cref="ArgumentException">A script's name cannot be one, or nothing may run.</exception>
    public ProcessPlugin(ProcessPluginOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxChildren, 1, nameof(options));
        foreach (var name in options.Scripts.Keys)
        {
            ProcessBackend.CheckName(name);
        }

        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "process";

    /// <inheritdoc/>
    public void AddTo(CommandRegistry commands, OrielApp app)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(app);

        _app = app;
        commands.MapRaw("spawn", SpawnAsync, new CommandOptions { Description = "Starts a script that the application lists.", Example = """{"script":"resize"}""" });
        commands.MapRaw("send", SendAsync, new CommandOptions { Description = "Sends an event to a script.", Example = """{"id":1,"event":"message","data":null}""" });
        commands.MapRaw("kill", KillAsync, new CommandOptions { Description = "Ends a script.", Example = """{"id":1}""" });
        commands.MapRaw("list", List, new CommandOptions { Description = "Tells the scripts that run." });
    }

    /// <summary>Ends all of them.</summary>
    public async ValueTask DisposeAsync()
    {
        ChildProcess[] children;
        lock (_gate)
        {
            _isEnded = true;
            children = [.. _children.Values];
        }

        await Task.WhenAll(children.Select(static child => child.EndAsync())).ConfigureAwait(false);
    }

    private async ValueTask SpawnAsync(CommandContext context)
    {
        using var arguments = Read(context);
        var script = Member(arguments, "script", JsonValueKind.String).GetString()!;
        if (!_options.Scripts.TryGetValue(script, out var options))
        {
            throw new IpcException(AvailableNames.Error($"The application lists no script \"{script}\".", [.. _options.Scripts.Keys]) with { Code = (int)IpcErrorCode.Denied });
        }

        var child = Register(script, options, context.Window);
        try
        {
            await child.StartAsync(context.CancellationToken).ConfigureAwait(false);
        }
        catch (BackendException exception)
        {
            // What it wrote is for the log, not for the page.
            context.App.Log.Backends.BackendFailed(exception.Message);
            throw new IpcException(IpcErrorCode.InternalError, $"The script \"{script}\" did not start; the application's log says why.", exception);
        }

        child.WriteTo(context.Result);
        context.Result.Write("}"u8);
    }

    private async ValueTask SendAsync(CommandContext context)
    {
        using var arguments = Read(context);
        var child = Find(context, arguments);
        var name = arguments.RootElement.TryGetProperty("event", out _) ? Member(arguments, "event", JsonValueKind.String).GetString()! : "message";
        var data = arguments.RootElement.TryGetProperty("data", out var value) ? JsonMarshal.GetRawUtf8Value(value).ToArray() : default;
        if (name.Length == 0)
        {
            throw new IpcException(IpcErrorCode.InvalidParams, "The argument \"event\" is empty.");
        }

        await child.SendAsync(name, data, context.CancellationToken).ConfigureAwait(false);
    }

    private async ValueTask KillAsync(CommandContext context)
    {
        using var arguments = Read(context);
        await Find(context, arguments).EndAsync().ConfigureAwait(false);
    }

    private ValueTask List(CommandContext context)
    {
        ChildProcess[] children;
        lock (_gate)
        {
            children = [.. _children.Values.Where(child => child.IsReady && child.Window == context.Window)];
        }

        context.Result.Write("["u8);
        for (var i = 0; i < children.Length; i++)
        {
            if (i > 0)
            {
                context.Result.Write(","u8);
            }

            children[i].WriteTo(context.Result);
            context.Result.Write("}"u8);
        }

        context.Result.Write("]"u8);
        return ValueTask.CompletedTask;
    }

    private ChildProcess Register(string script, ProcessBackendOptions options, Window window)
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                throw new IpcException(IpcErrorCode.ShuttingDown, "The application is ending.");
            }

            if (_children.Count >= _options.MaxChildren)
            {
                throw new IpcException(IpcErrorCode.Busy, $"{_children.Count} scripts run, which is the limit. End one first.");
            }

            if (_untold >= MaxUntold)
            {
                throw new IpcException(IpcErrorCode.Busy, $"{_untold} scripts have ended of which pages have not read yet. Let them read first.");
            }

            var id = ++_lastId;
            var child = new ChildProcess(_app!, window, id, script, options, OnGone);
            _children.Add(id, child);
            return child;
        }
    }

    private void OnGone(ChildProcess child)
    {
        lock (_gate)
        {
            _children.Remove(child.Id);
            _untold++;
        }

        _ = ForgetAsync(child);
    }

    private async Task ForgetAsync(ChildProcess child)
    {
        await child.Told.ConfigureAwait(false);
        lock (_gate)
        {
            _untold--;
        }
    }

    // Another window's script does not exist, for all that a page can see.
    private ChildProcess Find(CommandContext context, JsonDocument arguments)
    {
        var number = Member(arguments, "id", JsonValueKind.Number);
        lock (_gate)
        {
            return number.TryGetInt32(out var id) && _children.TryGetValue(id, out var child) && child.IsReady && child.Window == context.Window
                ? child
                : throw new IpcException(IpcErrorCode.InvalidParams, $"There is no script {number.GetRawText()}: it has ended, or never ran.");
        }
    }

    private static JsonDocument Read(CommandContext context) =>
        JsonDocument.Parse(context.Arguments.IsEmpty ? "null"u8.ToArray() : context.Arguments, new JsonDocumentOptions { MaxDepth = context.App.Options.Limits.MaxDepth });

    private static JsonElement Member(JsonDocument arguments, string name, JsonValueKind kind) =>
        arguments.RootElement.ValueKind == JsonValueKind.Object && arguments.RootElement.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw new IpcException(IpcErrorCode.InvalidParams, $"The argument \"{name}\" is missing or does not fit.");
}
