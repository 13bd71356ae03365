using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators;

/// <summary>Finds the types that the application has a <c>JsonSerializerContext</c> for.</summary>
internal static class JsonContexts
{
    // A tree lives as long as its file is not edited: only the file that was is looked at again.
    private static readonly ConditionalWeakTable<SyntaxTree, List<TypeDeclarationSyntax>> s_candidates = new();

    /// <summary>The types of every <c>[JsonSerializable]</c> in the source of a compilation.</summary>
    public static HashSet<ITypeSymbol> Types(Compilation compilation, CancellationToken cancellationToken)
    {
        var types = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!s_candidates.TryGetValue(tree, out var candidates))
            {
                candidates = Candidates(tree, cancellationToken);
                s_candidates.GetValue(tree, _ => candidates);
            }

            foreach (var candidate in candidates)
            {
                if (compilation.GetSemanticModel(tree).GetDeclaredSymbol(candidate, cancellationToken) is INamedTypeSymbol context)
                {
                    Add(context, types);
                }
            }
        }

        return types;
    }

    private static void Add(INamedTypeSymbol context, HashSet<ITypeSymbol> types)
    {
        foreach (var attribute in context.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "JsonSerializableAttribute" && attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is ITypeSymbol type && !IsScalar(type))
            {
                types.Add(type);
            }
        }
    }

    // One that an explicit registration uses need not be given to builder.Json; commands with a number work all the same.
    private static bool IsScalar(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String;

    private static List<TypeDeclarationSyntax> Candidates(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var candidates = new List<TypeDeclarationSyntax>();
        var nodes = new Stack<SyntaxNode>();
        nodes.Push(tree.GetRoot(cancellationToken));
        while (nodes.Count > 0)
        {
            foreach (var child in nodes.Pop().ChildNodes())
            {
                if (child is TypeDeclarationSyntax type && type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString().Contains("JsonSerializable")))
                {
                    candidates.Add(type);
                }

                // Members of types are not gone into: that is where the text is.
                if (child is BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
                {
                    nodes.Push(child);
                }
            }
        }

        return candidates;
    }
}
