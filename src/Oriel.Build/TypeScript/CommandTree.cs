namespace Oriel.Build;

/// <summary>The commands of a namespace, and the namespaces in it, with the names that they have in TypeScript.</summary>
internal sealed class CommandTree
{
    private readonly List<(string Name, CommandTree Tree)> _namespaces = [];
    private readonly List<(string Name, ManifestCommand Command)> _commands = [];

    private CommandTree()
    {
    }

    public IReadOnlyList<(string Name, CommandTree Tree)> Namespaces => _namespaces;

    public IReadOnlyList<(string Name, ManifestCommand Command)> Commands => _commands;

    /// <param name="names">What the file's top level declares already.</param>
    public static CommandTree Of(IReadOnlyList<ManifestCommand> commands, ScriptNames names) =>
        Build([.. commands.Select(command => (command.Name.Split('.'), command))], 0, names, name => !Identifier.IsReserved(name));

    private static CommandTree Build(List<(string[] Path, ManifestCommand Command)> commands, int depth, ScriptNames names, Func<string, bool> isAllowed)
    {
        var tree = new CommandTree();

        // A namespace keeps its name before a command does, and what is a name before what only resembles one:
        // so the odd one out is renamed, and not those that it collides with.
        var namespaces = commands.Where(entry => entry.Path.Length > depth + 1).GroupBy(entry => entry.Path[depth]).ToList();
        foreach (var group in namespaces.OrderBy(group => Identifier.IsName(group.Key) ? 0 : 1))
        {
            var name = names.Free(Identifier.From(group.Key), isAllowed);
            // Whatever is a member of an object may have a reserved word for its name, but this one sets the prototype.
            tree._namespaces.Add((name, Build([.. group], depth + 1, new ScriptNames(), member => member != "__proto__")));
        }

        foreach (var (path, command) in commands.Where(entry => entry.Path.Length == depth + 1).OrderBy(entry => Identifier.IsName(entry.Path[depth]) ? 0 : 1))
        {
            tree._commands.Add((names.Free(Identifier.From(path[depth]), isAllowed), command));
        }

        tree._namespaces.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        tree._commands.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return tree;
    }
}
