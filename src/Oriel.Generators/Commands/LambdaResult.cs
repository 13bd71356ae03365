using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators;

/// <summary>Finds out whether what a lambda returns may be null, which the compiler does not note in its type where that is inferred.</summary>
internal static class LambdaResult
{
    /// <summary>The return type of a lambda with what is known of null in it; null where its own says it, or nothing does.</summary>
    public static ITypeSymbol? Of(SemanticModel model, ExpressionSyntax expression, IMethodSymbol lambda, CancellationToken cancellationToken)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized.Expression;
        }

        if (expression is not AnonymousFunctionExpressionSyntax function || expression is ParenthesizedLambdaExpressionSyntax { ReturnType: not null }
            || lambda.ReturnsVoid || !model.GetNullableContext(function.SpanStart).AnnotationsEnabled())
        {
            return null;
        }

        // What an async lambda returns is what its task has.
        var isTask = function.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
        if (!isTask)
        {
            return Annotated(model, function, lambda.ReturnType, cancellationToken);
        }

        return lambda.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } task && Annotated(model, function, task.TypeArguments[0], cancellationToken) is var type
            ? task.OriginalDefinition.Construct(ImmutableArray.Create(type), ImmutableArray.Create(type.NullableAnnotation))
            : null;
    }

    private static ITypeSymbol Annotated(SemanticModel model, AnonymousFunctionExpressionSyntax function, ITypeSymbol type, CancellationToken cancellationToken)
    {
        var mayBeNull = false;
        ITypeSymbol? known = null;
        foreach (var returned in Returned(function))
        {
            var info = model.GetTypeInfo(returned, cancellationToken);
            mayBeNull |= info.Nullability.FlowState == NullableFlowState.MaybeNull;
            if (known is null && SymbolEqualityComparer.Default.Equals(info.Type, type))
            {
                known = info.Type;
            }
        }

        return type.IsValueType ? known ?? type : (known ?? type).WithNullableAnnotation(mayBeNull ? NullableAnnotation.Annotated : NullableAnnotation.NotAnnotated);
    }

    private static IEnumerable<ExpressionSyntax> Returned(AnonymousFunctionExpressionSyntax function) => function.ExpressionBody is { } body
        ? [body]
        : function.Block!
            .DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>()
            .Select(static statement => statement.Expression)
            .OfType<ExpressionSyntax>();
}
