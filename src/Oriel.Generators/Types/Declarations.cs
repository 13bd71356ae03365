using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators;

/// <summary>What a compilation declares, without what its methods do: as long as that is the same, so are its types.</summary>
/// <remarks>Holds no symbol and keeps no compilation alive.</remarks>
internal sealed class Declarations
{
    // A tree lives as long as its file is not edited.
    private static readonly ConditionalWeakTable<SyntaxTree, string> s_texts = new();

    private readonly CompilationOptions _options;
    private readonly string[] _trees;
    private readonly WeakReference<MetadataReference>[] _references;

    private Declarations(Compilation compilation, CancellationToken cancellationToken)
    {
        _options = compilation.Options;
        _trees = [.. compilation.SyntaxTrees.Select(tree => Text(tree, cancellationToken))];
        _references = [.. compilation.ExternalReferences.Select(reference => new WeakReference<MetadataReference>(reference))];
    }

    public static Declarations Of(Compilation compilation, CancellationToken cancellationToken) => new(compilation, cancellationToken);

    /// <summary>Whether every type is the same in both.</summary>
    public bool AreThoseOf(Declarations other) =>
        _options.Equals(other._options)
        && _trees.SequenceEqual(other._trees, StringComparer.Ordinal)
        && _references.Length == other._references.Length
        && _references.Zip(other._references, static (left, right) => left.TryGetTarget(out var one) && right.TryGetTarget(out var two) && ReferenceEquals(one, two)).All(static same => same);

    private static string Text(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (!s_texts.TryGetValue(tree, out var text))
        {
            text = Hash(tree, cancellationToken);
            text = s_texts.GetValue(tree, _ => text);
        }

        return text;
    }

    private static string Hash(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var token in tree.GetRoot(cancellationToken).DescendantTokens(static node => !IsBody(node) || node.ContainsDirectives))
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
    private static bool IsBody(SyntaxNode node) => node is BlockSyntax or GlobalStatementSyntax
        || (node is ArrowExpressionClauseSyntax && node.Parent is MemberDeclarationSyntax or AccessorDeclarationSyntax);
}
