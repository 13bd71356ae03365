using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators;

/// <summary>Adds <c>[JsonSerializable(typeof(X))]</c> to the application's own context, for a type that Oriel's generator cannot describe.</summary>
/// <remarks>An editor has to ask for mends of what a generator reports, and not of what analyzers report alone: not every one does.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SerializableCodeFix))]
[Shared]
public sealed class SerializableCodeFix : CodeFixProvider
{
    private const string Context = "System.Text.Json.Serialization.JsonSerializerContext";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["ORIEL101", "ORIEL103", "ORIEL104", "ORIEL105", "ORIEL106"];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (TypeOf(diagnostic) is not { } type)
            {
                continue;
            }

            foreach (var (document, declaration) in await ContextsAsync(context.Document.Project, context.CancellationToken).ConfigureAwait(false))
            {
                var title = $"Add [JsonSerializable(typeof({type}))] to {declaration.Identifier.ValueText}";
                context.RegisterCodeFix(CodeAction.Create(title, cancellationToken => AddAsync(document, declaration, type, cancellationToken), title), diagnostic);
            }
        }
    }

    // The text names the type first, in quotes.
    private static string? TypeOf(Diagnostic diagnostic)
    {
        var parts = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Split('\'');
        return parts.Length > 2 && !SyntaxFactory.ParseTypeName(parts[1]).ContainsDiagnostics ? parts[1] : null;
    }

    private static async Task<List<(Document Document, ClassDeclarationSyntax Declaration)>> ContextsAsync(Project project, CancellationToken cancellationToken)
    {
        var all = new List<(Document, ClassDeclarationSyntax)>();
        if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation || compilation.GetTypeByMetadataName(Context) is not { } wanted)
        {
            return all;
        }

        foreach (var document in project.Documents)
        {
            if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            {
                continue;
            }

            var model = compilation.GetSemanticModel(root.SyntaxTree);
            foreach (var declaration in root.DescendantNodes(static node => node is not MemberDeclarationSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<ClassDeclarationSyntax>())
            {
                if (declaration.BaseList is not null
                    && model.GetDeclaredSymbol(declaration, cancellationToken)?.BaseType is { } parent && SymbolEqualityComparer.Default.Equals(parent, wanted))
                {
                    all.Add((document, declaration));
                }
            }
        }

        return all;
    }

    private static async Task<Document> AddAsync(Document document, ClassDeclarationSyntax declaration, string type, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;

        // As a line of its own above the class, below what stands there already.
        var attribute = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(
            SyntaxFactory.ParseName("System.Text.Json.Serialization.JsonSerializable").WithAdditionalAnnotations(Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.AttributeArgument(SyntaxFactory.TypeOfExpression(SyntaxFactory.ParseTypeName(type))))))));
        return document.WithSyntaxRoot(root.ReplaceNode(declaration, declaration.AddAttributeLists(attribute.WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation))));
    }
}
