using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Oriel.Generators;

/// <summary>Remembers what was found at a place of a file that has not been edited, for as long as nothing that it depends on is another.</summary>
/// <remarks>
/// After each edit the compiler asks again about every place of every file. Without this all calls would be bound anew, which takes most of the time.
/// What was found depends on the declarations of the project, without its commands; on commands that the file names; and on those of the classes
/// that were read for it, wherever they are declared.
/// </remarks>
internal static class FindingMemory
{
    // A tree lives as long as its file is not edited.
    private static readonly ConditionalWeakTable<SyntaxTree, OfTree> s_trees = new();
    private static readonly ConditionalWeakTable<Compilation, OfCompilation> s_compilations = new();

    /// <summary>What was found at a place, or what is found there now.</summary>
    /// <param name="node">The place.</param>
    /// <param name="compilation">Where it is now.</param>
    /// <param name="find">Finds it, and adds the classes that it reads.</param>
    /// <param name="cancellationToken">Ends finding it.</param>
    public static Found Of(SyntaxNode node, Compilation compilation, Func<ICollection<INamedTypeSymbol>, Found> find, CancellationToken cancellationToken)
    {
        var current = s_compilations.GetValue(compilation, compilation => new OfCompilation(compilation, cancellationToken));
        var places = s_trees.GetValue(node.SyntaxTree, static _ => new OfTree()).Of(current.Types, current.CommandsNamedIn(node.SyntaxTree, cancellationToken));
        if (places.TryGetValue((node.Span, node.RawKind), out var place) && place.Files.All(current.Has))
        {
            return place.Found;
        }

        var classes = new List<INamedTypeSymbol>();
        var found = find(classes);
        places[(node.Span, node.RawKind)] = (found, [.. FilesOf(classes).Select(tree => Declarations.OfTree(tree, cancellationToken).All)]);
        return found;
    }

    // Commands, and their comments, may be those of a class or an interface above.
    private static IEnumerable<SyntaxTree> FilesOf(IEnumerable<INamedTypeSymbol> classes)
    {
        foreach (var type in classes)
        {
            for (var current = type; current is not null; current = current.BaseType)
            {
                foreach (var reference in current.DeclaringSyntaxReferences.Concat(current.Interfaces.SelectMany(static each => each.AllInterfaces.Add(each)).SelectMany(static each => each.DeclaringSyntaxReferences)))
                {
                    yield return reference.SyntaxTree;
                }
            }
        }
    }

    private sealed class OfCompilation
    {
        private readonly Dictionary<string, string> _commands = new(StringComparer.Ordinal);
        private readonly HashSet<string> _files = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<SyntaxTree, string> _named = new();

        public OfCompilation(Compilation compilation, CancellationToken cancellationToken)
        {
            Types = TypeAnalysis.Of(compilation).Memory(cancellationToken);
            foreach (var tree in compilation.SyntaxTrees)
            {
                var declarations = Declarations.OfTree(tree, cancellationToken);
                _files.Add(declarations.All);
                foreach (var (name, text) in declarations.Commands)
                {
                    _commands[name] = _commands.TryGetValue(name, out var others) ? others + text : text;
                }
            }
        }

        public TypeMemory Types { get; }

        public bool Has(string file) => _files.Contains(file);

        public string CommandsNamedIn(SyntaxTree tree, CancellationToken cancellationToken) => _named.GetOrAdd(
            tree,
            tree => string.Join(" ", Declarations.OfTree(tree, cancellationToken).Names.Where(_commands.ContainsKey).OrderBy(static name => name, StringComparer.Ordinal).Select(name => _commands[name])));
    }

    private sealed class OfTree
    {
        private readonly object _gate = new();
        private TypeMemory? _types;
        private string _commands = "";
        private ConcurrentDictionary<(TextSpan Span, int Kind), (Found Found, string[] Files)> _places = new();

        public ConcurrentDictionary<(TextSpan Span, int Kind), (Found Found, string[] Files)> Of(TypeMemory types, string commands)
        {
            lock (_gate)
            {
                if (!ReferenceEquals(_types, types) || _commands != commands)
                {
                    _types = types;
                    _commands = commands;
                    _places = new();
                }

                return _places;
            }
        }
    }
}
