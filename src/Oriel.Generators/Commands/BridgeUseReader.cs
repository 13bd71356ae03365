using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators;

/// <summary>Reads calls whose type argument crosses the bridge: events, states, and whatever else says so by <c>[BridgeType]</c>.</summary>
internal static class BridgeUseReader
{
    private const string BridgeType = "Oriel.BridgeTypeAttribute";

    private static readonly string[] s_owners = ["Oriel.EventHub", "Oriel.Window", "Oriel.OrielApp", "Oriel.WindowStateExtensions"];

    /// <summary>Whether a node may be such a call, by its text alone.</summary>
    public static bool IsCandidate(SyntaxNode node) => node is InvocationExpressionSyntax call && Name(call) is not null;

    public static Found Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var model = context.SemanticModel;
        if (Name(call) is not GenericNameSyntax && !BridgeMethods.Of(model.Compilation).Contains(Name(call)!.Identifier.ValueText))
        {
            return Found.Nothing;
        }

        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol { IsGenericMethod: true } method)
        {
            return Found.Nothing;
        }

        var reader = new CommandReader(model.Compilation, cancellationToken);
        var place = Name(call)?.GetLocation();
        TypeUse? use = null;
        var isOwn = method.ContainingType is { } type && s_owners.Any(type.Is);
        var isWritable = isOwn && method.Name == "State" && IsWritable(model, call, cancellationToken);
        var isRead = !isOwn || method.Name is "On" or "Once" || isWritable;
        var declared = (method.ReducedFrom ?? method).OriginalDefinition;
        for (var i = 0; i < method.TypeParameters.Length; i++)
        {
            // A type parameter of the method around it is given by whoever calls that.
            if (declared.TypeParameters[i].Attribute(BridgeType) is not null && !IsOpenBridgeType(method.TypeArguments[i]))
            {
                use = reader.Use(method.TypeArguments[i], place, isRead);
                if (isOwn && use.HoldsBodies)
                {
                    reader.Report(Descriptors.BytesBesideCalls, place, CSharpText.Readable(method.TypeArguments[i]));
                }
            }
        }

        if (use is null)
        {
            return Found.Nothing;
        }

        var finding = new Finding(null, null, EquatableArray<ListedCommand>.Empty, null, null, reader.Shapes);
        var names = EquatableArray<NamedPlace>.Empty;
        if (isOwn && Constant(model, call, cancellationToken) is { } name)
        {
            var kind = method.Name switch
            {
                "State" => "state",
                "EmitAsync" => "event",
                _ => "event of the page",
            };
            names = new[] { new NamedPlace(kind, name, use.TypeScript, SourceLocation.Of(place)) }.ToEquatableArray();
            finding = method.Name switch
            {
                "EmitAsync" => finding with { Event = new EventModel(name, use.TypeScript, false) },
                "On" or "Once" => finding with { Event = new EventModel(name, use.TypeScript, true) },
                "State" => finding with { State = new StateModel(name, use.TypeScript, isWritable) },
                _ => finding,
            };
        }

        return new Found(finding, reader.Diagnostics, names);
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

    // Where the call itself does not say it, pages get the form that writes: C# refuses what it does not allow.
    private static bool IsWritable(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellationToken)
    {
        var options = call.ArgumentList.Arguments
            .Select(static argument => argument.Expression)
            .FirstOrDefault(argument => model.GetTypeInfo(argument, cancellationToken).ConvertedType is { } type && type.Is("Oriel.StateOptions"));
        switch (options)
        {
            case null:
                return false;
            case BaseObjectCreationExpressionSyntax creation:
                var given = creation.Initializer?.Expressions
                    .OfType<AssignmentExpressionSyntax>()
                    .FirstOrDefault(static assignment => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "IsWritable" });
                return given is not null && model.GetConstantValue(given.Right, cancellationToken).Value is not false;
            default:
                return model.GetConstantValue(options, cancellationToken) is not { HasValue: true, Value: null };
        }
    }
}
