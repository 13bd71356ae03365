using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Oriel.Generators;

/// <summary>Takes back the advice to make a command static (CA1822): generated code calls it on the object of its class.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CommandSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor s_static = new("ORIELS01", "CA1822", "A command is called on the object of its class.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [s_static];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree
                && tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan) is var node
                && context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken) is IMethodSymbol method
                && method.GetAttributes().Any(static attribute => attribute.AttributeClass?.ToDisplayString() == "Oriel.CommandAttribute"))
            {
                context.ReportSuppression(Suppression.Create(s_static, diagnostic));
            }
        }
    }
}
