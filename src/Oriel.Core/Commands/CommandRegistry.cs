using System.Collections.Concurrent;
using System.Text;

namespace Oriel;

/// <summary>The commands that the app's pages can call.</summary>
/// <remarks>Thread-safe; a command that is added while windows are open can be called at once.</remarks>
public sealed partial class CommandRegistry
{
    private const int MaxNameBytes = 256;

    private readonly ConcurrentDictionary<string, Command> _commands = new(StringComparer.Ordinal);

    internal CommandRegistry()
    {
    }

    /// <summary>All commands, by name.</summary>
    public IReadOnlyList<Command> All => [.. _commands.Values.OrderBy(static command => command.Name, StringComparer.Ordinal)];

    /// <summary>Adds a command. All other ways to add one end here.</summary>
    /// <exception cref="ArgumentException">The name is empty, too long, or taken.</exception>
    public void Add(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);

        if (string.IsNullOrEmpty(command.Name) || Encoding.UTF8.GetByteCount(command.Name) > MaxNameBytes)
        {
            throw new ArgumentException($"A command's name has 1 to {MaxNameBytes} bytes.", nameof(command));
        }

        if (!_commands.TryAdd(command.Name, command))
        {
            throw new ArgumentException($"There is a command \"{command.Name}\" already. Remove it first, or choose another name.", nameof(command));
        }
    }

    /// <summary>Removes a command; calls under way go on.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name) => _commands.TryRemove(name, out _);

    internal Command? Find(string name) => _commands.GetValueOrDefault(name);
}
