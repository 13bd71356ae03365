using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators;

/// <summary>What a compilation declares, without its commands and what its methods do: as long as that is the same, so are its types.</summary>
/// <remarks>Holds no symbol and keeps no compilation alive.</remarks>
internal sealed class Declarations
{
    // A tree lives as long as its file is not edited.
    private static readonly ConditionalWeakTable<SyntaxTree, TreeDeclarations> s_trees = new();

    private static readonly HashSet<string> s_unnamed = new(StringComparer.Ordinal)
    {
        "Add", "AppendFormatted", "AppendLiteral", "Cast", "Create", "Current", "Deconstruct", "Dispose", "DisposeAsync", "GetAsyncEnumerator", "GetAwaiter", "GetEnumerator",
        "GetPinnableReference", "GetResult", "GroupBy", "GroupJoin", "Invoke", "Join", "MoveNext", "MoveNextAsync", "OrderBy", "OrderByDescending", "Select", "SelectMany", "Slice",
        "ThenBy", "ThenByDescending", "Where",
    };

    private readonly CompilationOptions _options;
    private readonly string[] _trees;
    private readonly WeakReference<MetadataReference>[] _references;

    private Declarations(Compilation compilation, CancellationToken cancellationToken)
    {
        _options = compilation.Options;
        _trees = [.. compilation.SyntaxTrees.Select(tree => OfTree(tree, cancellationToken).Types)];
        _references = [.. compilation.ExternalReferences.Select(reference => new WeakReference<MetadataReference>(reference))];
    }

    public static Declarations Of(Compilation compilation, CancellationToken cancellationToken) => new(compilation, cancellationToken);

    /// <summary>Whether every type is the same in both.</summary>
    public bool AreThoseOf(Declarations other) =>
        _options.Equals(other._options)
        && _trees.SequenceEqual(other._trees, StringComparer.Ordinal)
        && _references.Length == other._references.Length
        && _references.Zip(other._references, static (left, right) => left.TryGetTarget(out var one) && right.TryGetTarget(out var two) && ReferenceEquals(one, two)).All(static same => same);

    /// <summary>What a file declares.</summary>
    public static TreeDeclarations OfTree(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (!s_trees.TryGetValue(tree, out var declarations))
        {
            declarations = Read(tree, cancellationToken);
            declarations = s_trees.GetValue(tree, _ => declarations);
        }

        return declarations;
    }

    private static TreeDeclarations Read(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var root = tree.GetRoot(cancellationToken);
        var commands = new List<(string Name, string Text)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in root.DescendantNodes())
        {
            if (node is SimpleNameSyntax name)
            {
                names.Add(name.Identifier.ValueText);
            }
            else if (IsCommand(node))
            {
                commands.Add((((MethodDeclarationSyntax)node).Identifier.ValueText, Hash(node, static node => !IsBody(node))));
            }
        }

        return new TreeDeclarations(Hash(root, static node => !IsBody(node) && !IsCommand(node)), Hash(root, static node => !IsBody(node)), commands, names);
    }

    // No type is another when a command is. Methods that the compiler calls without their names, and those with a directive in them, may have more to say.
    private static bool IsCommand(SyntaxNode node) =>
        node is MethodDeclarationSyntax { ContainsDirectives: false } method
        && method.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute => attribute.Name.ToString() is "Command" or "CommandAttribute" or "Oriel.Command" or "Oriel.CommandAttribute")
        && !method.ParameterList.Parameters.Any(static parameter => parameter.Modifiers.Any(SyntaxKind.ThisKeyword))
        && !s_unnamed.Contains(method.Identifier.ValueText);

    private static string Hash(SyntaxNode root, Func<SyntaxNode, bool> isRead)
    {
        var text = new StringBuilder();
        foreach (var token in root.DescendantTokens(isRead))
        {
            // Comments are in what is generated; what a directive leaves out is not.
            foreach (var trivia in token.LeadingTrivia)
            {
                if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
                    || trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia)
                    || trivia.IsKind(SyntaxKind.NullableDirectiveTrivia))
                {
                    text.Append(trivia.ToFullString()).Append('\n');
                }
            }

            text.Append(token.Text).Append(' ');
        }

        using var hash = SHA256.Create();
        var bytes = hash.ComputeHash(Encoding.UTF8.GetBytes(text.ToString()));
        return string.Concat(bytes.Select(static value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }

    // No type is declared in there that could cross the bridge; but what a directive says in there goes on behind it.
    private static bool IsBody(SyntaxNode node) => !node.ContainsDirectives
        && (node is BlockSyntax or GlobalStatementSyntax || (node is ArrowExpressionClauseSyntax && node.Parent is MemberDeclarationSyntax or AccessorDeclarationSyntax));
}
