using System.Collections.Concurrent;
using System.Text;
using Oriel.Security;

namespace Oriel;

/// <summary>The commands that the app's pages can call.</summary>
/// <remarks>Thread-safe; a command that is added while windows are open can be called at once.</remarks>
public sealed partial class CommandRegistry
{
    private const int MaxNameBytes = 256;
    private const int MaxRoutes = 64;
    private const string OwnPrefix = "oriel.";

    private readonly ConcurrentDictionary<string, Command> _commands = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private volatile ICommandRoute[] _routes = [];

    private readonly OrielApp _app;

    internal CommandRegistry(OrielApp app) => _app = app;

    /// <summary>All commands, by name.</summary>
    public IReadOnlyList<Command> All =>
        [.. _commands.Values.Concat(_routes.SelectMany(static route => route.All)).DistinctBy(static command => command.Name).OrderBy(static command => command.Name, StringComparer.Ordinal)];

    /// <summary>Adds a command. All other ways to add one end here.</summary>
    /// <exception cref="ArgumentException">The name is empty, too long, taken, or begins as those of Oriel's own commands do.</exception>
    public void Add(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);

        if (command.Name?.StartsWith(OwnPrefix, StringComparison.Ordinal) == true)
        {
            throw Reserved(command.Name, nameof(command));
        }

        Insert(command);
    }

    /// <summary>Adds a command of Oriel's own.</summary>
    internal void AddOwn(string name, CommandHandler handler, CommandOptions options) => Insert(new Command(name, handler, options));

    /// <summary>Removes a command; calls under way go on.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name) => _commands.TryRemove(name, out _);

    /// <summary>A command of that name goes before the route of its prefix.</summary>
    internal Command? Find(string name)
    {
        if (_commands.TryGetValue(name, out var command))
        {
            return command;
        }

        foreach (var route in _routes)
        {
            if (name.StartsWith(route.Prefix, StringComparison.Ordinal))
            {
                return route.Find(name);
            }
        }

        return null;
    }

    /// <summary>Adds all names that begin alike.</summary>
    /// <exception cref="ArgumentException">Some of the names have another route or are Oriel's own, or there are too many routes.</exception>
    internal void AddRoute(ICommandRoute route)
    {
        lock (_gate)
        {
            if (_routes.Contains(route))
            {
                return;
            }

            if (route.Prefix.StartsWith(OwnPrefix, StringComparison.Ordinal))
            {
                throw Reserved(route.Prefix, nameof(route));
            }

            if (_routes.FirstOrDefault(other => Overlap(other.Prefix, route.Prefix)) is { } taken)
            {
                throw new ArgumentException($"Commands that begin with \"{route.Prefix}\" belong to those that begin with \"{taken.Prefix}\". Choose another name.", nameof(route));
            }

            if (_routes.Length == MaxRoutes)
            {
                throw new ArgumentException($"There are {MaxRoutes} routes of commands, which is the limit.", nameof(route));
            }

            _routes = [.. _routes, route];
        }
    }

    internal void RemoveRoute(ICommandRoute route)
    {
        lock (_gate)
        {
            _routes = [.. _routes.Where(other => other != route)];
        }
    }

    private void Insert(Command command)
    {
        if (string.IsNullOrEmpty(command.Name) || Encoding.UTF8.GetByteCount(command.Name) > MaxNameBytes)
        {
            throw new ArgumentException($"A command's name has 1 to {MaxNameBytes} bytes.", nameof(command));
        }

        if (command.Options.Capability is { } capability)
        {
            CapabilityNames.CheckCapability(capability);
        }

        if (!_commands.TryAdd(command.Name, command))
        {
            throw new ArgumentException($"There is a command \"{command.Name}\" already. Remove it first, or choose another name.", nameof(command));
        }
    }

    private static ArgumentException Reserved(string name, string parameter) =>
        new($"\"{name}\" begins with \"{OwnPrefix}\", as Oriel's own commands do. Choose another name.", parameter);

    private static bool Overlap(string first, string second) =>
        first.StartsWith(second, StringComparison.Ordinal) || second.StartsWith(first, StringComparison.Ordinal);
}
