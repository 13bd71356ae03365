using System.Buffers;

namespace Oriel;

/// <summary>The back ends of an application. They end with it.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class BackendRegistry
{
    /// <summary>Tells a page how far all of them are: <c>[{"name":"backend","state":"ready"}]</c>.</summary>
    internal const string ListCommand = "oriel.backends";

    private const int MaxBackends = 32;

    private readonly Lock _gate = new();
    private readonly OrielApp _app;
    private readonly Dictionary<string, Entry> _backends = new(StringComparer.Ordinal);
    private bool _isEnded;

    internal BackendRegistry(OrielApp app) => _app = app;

    /// <summary>All of them, by name; also those that are plug-ins.</summary>
    public IReadOnlyList<ProcessBackend> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _backends.Values.Select(static entry => entry.Backend).OrderBy(static backend => backend.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The back end of a name; null when there is none.</summary>
    public ProcessBackend? Find(string name)
    {
        lock (_gate)
        {
            return _backends.GetValueOrDefault(name)?.Backend;
        }
    }

    /// <summary>Adds a back end and begins to start it. Pages call its <c>frames</c> as <c>backend.frames</c>.</summary>
    /// <returns>The back end; its <see cref="ProcessBackend.StartAsync"/> says when it is ready.</returns>
    /// <exception cref="ArgumentException">There is one of that name already, or it belongs to another application.</exception>
    public ProcessBackend Add(ProcessBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return Add(backend, isPlugin: false);
    }

    /// <summary>Ends a back end and removes its commands. It cannot be added again.</summary>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> RemoveAsync(ProcessBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);

        Entry? entry;
        lock (_gate)
        {
            if (!_backends.TryGetValue(backend.Name, out entry) || entry.Backend != backend)
            {
                return false;
            }

            _backends.Remove(backend.Name);
        }

        if (entry.Route is { } route)
        {
            _app.Commands.RemoveRoute(route);
        }

        await backend.EndAsync().ConfigureAwait(false);
        return true;
    }

    internal ProcessBackend Add(ProcessBackend backend, bool isPlugin)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isEnded, _app);

            if (_backends.ContainsKey(backend.Name))
            {
                throw new ArgumentException($"There is a back end \"{backend.Name}\" already. Give this one another ProcessBackendOptions.Name.", nameof(backend));
            }

            if (_backends.Count == MaxBackends)
            {
                throw new ArgumentException($"There are {MaxBackends} back ends, which is the limit.", nameof(backend));
            }

            backend.Attach(_app);

            BackendRoute? route = null;
            if (!isPlugin)
            {
                var prefix = backend.Name + ".";
                route = new BackendRoute(prefix, backend.CreateProxy(prefix));
                _app.Commands.AddRoute(route);
            }

            if (_app.Commands.Find(ListCommand) is null)
            {
                _app.Commands.AddOwn(ListCommand, List, new CommandOptions { Description = "Tells how far the application's back ends are." });
            }

            _backends.Add(backend.Name, new Entry(backend, route));
        }

        backend.Begin();
        return backend;
    }

    /// <summary>Begins to end all of them, at the same time.</summary>
    internal IReadOnlyList<(ProcessBackend Backend, Task Ended)> BeginEnd()
    {
        Entry[] entries;
        lock (_gate)
        {
            _isEnded = true;
            entries = [.. _backends.Values];
            _backends.Clear();
        }

        return [.. entries.Select(static entry => (entry.Backend, Task.Run(entry.Backend.EndAsync)))];
    }

    private ValueTask List(CommandContext context)
    {
        var isFirst = true;
        context.Result.Write("["u8);
        foreach (var backend in All)
        {
            if (!isFirst)
            {
                context.Result.Write(","u8);
            }

            StateAnnouncer.Write(context.Result, backend.Name, backend.Status.State);
            isFirst = false;
        }

        context.Result.Write("]"u8);
        return ValueTask.CompletedTask;
    }

    private sealed record Entry(ProcessBackend Backend, BackendRoute? Route);
}
