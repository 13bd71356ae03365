using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Oriel.Generators;

/// <summary>Remembers what was found at a place of a file that has not been edited, for as long as no declaration of the project is another.</summary>
/// <remarks>After each edit the compiler asks again about every place of every file. Without this all calls would be bound anew, which takes most of the time.</remarks>
internal static class FindingMemory
{
    // A tree lives as long as its file is not edited.
    private static readonly ConditionalWeakTable<SyntaxTree, OfTree> s_trees = new();

    /// <summary>What was found at a place, or what is found there now.</summary>
    public static Found Of(SyntaxNode node, Compilation compilation, Func<Found> find, CancellationToken cancellationToken)
    {
        var declarations = TypeAnalysis.Of(compilation).Memory(cancellationToken);
        var remembered = s_trees.GetValue(node.SyntaxTree, static _ => new OfTree());
        var places = remembered.Of(declarations);
        if (!places.TryGetValue((node.Span, node.RawKind), out var found))
        {
            places[(node.Span, node.RawKind)] = found = find();
        }

        return found;
    }

    private sealed class OfTree
    {
        private readonly object _gate = new();
        private TypeMemory? _declarations;
        private ConcurrentDictionary<(TextSpan Span, int Kind), Found> _places = new();

        public ConcurrentDictionary<(TextSpan Span, int Kind), Found> Of(TypeMemory declarations)
        {
            lock (_gate)
            {
                if (!ReferenceEquals(_declarations, declarations))
                {
                    _declarations = declarations;
                    _places = new ConcurrentDictionary<(TextSpan Span, int Kind), Found>();
                }

                return _places;
            }
        }
    }
}
