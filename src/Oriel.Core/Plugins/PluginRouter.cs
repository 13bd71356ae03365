using Oriel.Ipc;
using Oriel.Processes;

namespace Oriel;

/// <summary>Leads calls of pages to plug-ins: <c>plugin:name|command</c>. A plug-in is code of this process, or a back end in another.</summary>
/// <remarks>Pages reach what was added here, and nothing else. Thread-safe.</remarks>
public sealed class PluginRouter
{
    private const string Prefix = "plugin:";
    private const int MaxPlugins = 256;

    private readonly Lock _gate = new();
    private readonly OrielApp _app;
    private readonly Route _route;
    private readonly Dictionary<string, Entry> _plugins = new(StringComparer.Ordinal);
    private readonly HashSet<string> _adding = new(StringComparer.Ordinal);
    private bool _isEnded;

    internal PluginRouter(OrielApp app)
    {
        _app = app;
        _route = new Route(this);
    }

    /// <summary>The names of the plug-ins.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _plugins.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Adds a plug-in that is code of this process.</summary>
    /// <remarks>A plug-in that cannot be added is disposed if it was given the application already.</remarks>
    /// <exception cref="ArgumentException">The name is taken, or cannot be one.</exception>
    /// <exception cref="ObjectDisposedException">The application has ended.</exception>
    public void Add(IPlugin plugin, PluginOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plugin);

        var name = plugin.Name;
        ProcessBackend.CheckName(name);

        lock (_gate)
        {
            Check(name);
            _adding.Add(name);
        }

        var commands = new CommandRegistry(_app);
        var entry = new Entry(new Commands(commands), options, plugin, null);
        try
        {
            plugin.AddTo(commands, _app);
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isEnded, _app);
                Insert(name, entry);
            }
        }
        catch
        {
            _ = Task.Run(() => EndAsync(entry));
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _adding.Remove(name);
            }
        }
    }

    /// <summary>Adds a back end as a plug-in of its name, and begins to start it: its <c>read</c> is called as <c>plugin:name|read</c>.</summary>
    /// <returns>The back end.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public ProcessBackend Add(ProcessBackend backend, PluginOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(backend);

        lock (_gate)
        {
            Check(backend.Name);
            _app.Commands.AddRoute(_route);
            _app.Backends.Add(backend, isPlugin: true);
            Insert(backend.Name, new Entry(backend.CreateProxy($"{Prefix}{backend.Name}|", command => Allows(options, command)), options, null, backend));
        }

        return backend;
    }

    /// <summary>Removes a plug-in and ends it.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(string name)
    {
        Entry? entry;
        lock (_gate)
        {
            if (!_plugins.Remove(name, out entry))
            {
                return false;
            }
        }

        await EndAsync(entry).ConfigureAwait(false);
        return true;
    }

    /// <summary>Begins to end all of them that are code of this process; the others are back ends and end as such.</summary>
    internal IReadOnlyList<(string Name, Task Ended)> BeginEnd()
    {
        KeyValuePair<string, Entry>[] plugins;
        lock (_gate)
        {
            _isEnded = true;
            plugins = [.. _plugins.Where(static plugin => plugin.Value.Plugin is not null)];
            _plugins.Clear();
        }

        return [.. plugins.Select(plugin => ($"the plug-in \"{plugin.Key}\"", Task.Run(() => EndAsync(plugin.Value))))];
    }

    // Under the lock.
    private void Check(string name)
    {
        ObjectDisposedException.ThrowIf(_isEnded, _app);

        if (_plugins.ContainsKey(name) || _adding.Contains(name))
        {
            throw new ArgumentException($"There is a plug-in \"{name}\" already. Remove it first, or choose another name.", nameof(name));
        }

        if (_plugins.Count + _adding.Count >= MaxPlugins)
        {
            throw new ArgumentException($"There are {MaxPlugins} plug-ins, which is the limit.", nameof(name));
        }
    }

    private void Insert(string name, Entry entry)
    {
        // Stays: who asks for a plug-in when the last is gone gets told so.
        _app.Commands.AddRoute(_route);
        _plugins.Add(name, entry);
    }

    private async Task EndAsync(Entry entry)
    {
        try
        {
            switch (entry)
            {
                case { Backend: { } backend }:
                    await _app.Backends.RemoveAsync(backend).ConfigureAwait(false);
                    break;

                case { Plugin: IAsyncDisposable plugin }:
                    await plugin.DisposeAsync().ConfigureAwait(false);
                    break;

                case { Plugin: IDisposable plugin }:
                    plugin.Dispose();
                    break;
            }
        }
        catch (Exception exception)
        {
            // One that is broken must not keep the others from their end.
            _app.Log.Value.EventHandlerFailed(exception);
        }
    }

    private Command Find(string name)
    {
        var bar = name.IndexOf('|', StringComparison.Ordinal);
        if (bar <= Prefix.Length || bar == name.Length - 1)
        {
            return Fail(name, new IpcError(IpcErrorCode.InvalidRequest, $"\"{name}\" names no command of a plug-in. Write it as plugin:name|command."));
        }

        var plugin = name[Prefix.Length..bar];
        var command = name[(bar + 1)..];

        Entry? entry;
        lock (_gate)
        {
            entry = _plugins.GetValueOrDefault(plugin);
        }

        if (entry is null)
        {
            return Fail(name, AvailableNames.Error($"There is no plug-in \"{plugin}\".", Names));
        }

        if (!entry.Allows(command) && entry.Source.Names.Contains(command, StringComparer.Ordinal))
        {
            _app.Log.Value.PluginCommandRefused(plugin, LineReader.ForPeople(command));
            return Fail(name, new IpcError(IpcErrorCode.Denied, $"Pages may not call \"{command}\" of the plug-in \"{plugin}\"."));
        }

        return (entry.Allows(command) ? entry.Source.Find(command) : null) ?? Fail(name, AvailableNames.Error($"The plug-in \"{plugin}\" has no command \"{command}\".", [.. entry.Names]));
    }

    private static bool Allows(PluginOptions? options, string command) => options?.AllowedCommands is not { } allowed || allowed.Contains(command, StringComparer.Ordinal);

    private static Command Fail(string name, IpcError error) => new(name, _ => throw new IpcException(error), new CommandOptions());

    private sealed record Entry(ICommandSource Source, PluginOptions? Options, IPlugin? Plugin, ProcessBackend? Backend)
    {
        public IEnumerable<string> Names => Source.Names.Where(Allows);

        public bool Allows(string command) => PluginRouter.Allows(Options, command);
    }

    /// <summary>The commands of a plug-in of this process.</summary>
    private sealed class Commands(CommandRegistry registry) : ICommandSource
    {
        public IReadOnlyList<string> Names => [.. registry.All.Select(static command => command.Name)];

        public Command? Find(string name) => registry.Find(name);
    }

    private sealed class Route(PluginRouter router) : ICommandRoute
    {
        public string Prefix => PluginRouter.Prefix;

        public IEnumerable<Command> All
        {
            get
            {
                KeyValuePair<string, Entry>[] plugins;
                lock (router._gate)
                {
                    plugins = [.. router._plugins];
                }

                return from plugin in plugins
                       from name in plugin.Value.Names
                       let command = plugin.Value.Source.Find(name)
                       where command is not null
                       select command with { Name = $"{PluginRouter.Prefix}{plugin.Key}|{name}" };
            }
        }

        public Command? Find(string name) => router.Find(name);
    }
}
