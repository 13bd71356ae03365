using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators;

/// <summary>Reads calls whose type argument crosses the bridge: events, states, and whatever else says so by <c>[BridgeType]</c>.</summary>
internal static class BridgeUseReader
{
    private const string BridgeType = "Oriel.BridgeTypeAttribute";

    /// <summary>Whether a node may be such a call, by its text alone: one of Oriel's own methods, or any that is given type arguments.</summary>
    public static bool IsCandidate(SyntaxNode node) => node is InvocationExpressionSyntax call && Name(call) switch
    {
        GenericNameSyntax => true,
        { Identifier.ValueText: "EmitAsync" or "On" or "Once" or "State" } => true,
        _ => false,
    };

    public static Found Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var model = context.SemanticModel;
        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol { IsGenericMethod: true } method)
        {
            return Found.Nothing;
        }

        var reader = new CommandReader(model.Compilation, cancellationToken);
        var place = Name(call)?.GetLocation();
        TypeUse? use = null;
        for (var i = 0; i < method.TypeParameters.Length; i++)
        {
            // A type parameter of the method around it is given by whoever calls that.
            if (method.OriginalDefinition.TypeParameters[i].Attribute(BridgeType) is not null && !IsOpenBridgeType(method.TypeArguments[i]))
            {
                use = reader.Use(method.TypeArguments[i], place);
            }
        }

        if (use is null)
        {
            return Found.Nothing;
        }

        var finding = new Finding(null, null, EquatableArray<ListedCommand>.Empty, null, null, reader.Shapes);
        if (method.ContainingType is { } type && (type.Is("Oriel.EventHub") || type.Is("Oriel.Window") || type.Is("Oriel.OrielApp")) && Constant(model, call, cancellationToken) is { } name)
        {
            finding = method.Name switch
            {
                "EmitAsync" => finding with { Event = new EventModel(name, use.TypeScript, false) },
                "On" or "Once" => finding with { Event = new EventModel(name, use.TypeScript, true) },
                "State" => finding with { State = new StateModel(name, use.TypeScript, IsWritable(model, call, cancellationToken)) },
                _ => finding,
            };
        }

        return new Found(finding, reader.Diagnostics, EquatableArray<NamedPlace>.Empty);
    }

    private static bool IsOpenBridgeType(ITypeSymbol type) => type is ITypeParameterSymbol parameter && parameter.Attribute(BridgeType) is not null;

    private static SimpleNameSyntax? Name(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    private static string? Constant(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellationToken)
    {
        var argument = call.ArgumentList.Arguments.FirstOrDefault(static argument => argument.NameColon?.Name.Identifier.ValueText is "name" or "key")
            ?? call.ArgumentList.Arguments.FirstOrDefault();
        return argument is null ? null : model.GetConstantValue(argument.Expression, cancellationToken).Value as string;
    }

    // As far as the call itself says it: new StateOptions { IsWritable = true }.
    private static bool IsWritable(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellationToken) =>
        call.ArgumentList.Arguments
            .Select(static argument => argument.Expression)
            .OfType<BaseObjectCreationExpressionSyntax>()
            .SelectMany(static creation => creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>() ?? [])
            .Any(assignment => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "IsWritable" }
                && model.GetConstantValue(assignment.Right, cancellationToken).Value is true);
}
