using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators;

/// <summary>Reads calls of <c>Map</c> and <c>Expose</c>, which generated code takes the place of.</summary>
internal static class SiteReader
{
    private const string Registry = "Oriel.CommandRegistry";
    private const string App = "Oriel.OrielApp";

    /// <summary>Whether a node may be such a call, by its text alone. This runs for every node of a file that changed.</summary>
    public static bool IsCandidate(SyntaxNode node) =>
        node is SimpleNameSyntax { Identifier.ValueText: "Map" or "Expose", Parent: MemberAccessExpressionSyntax or MemberBindingExpressionSyntax } name
        && (name.Parent is not MemberAccessExpressionSyntax access || access.Name == name);

    public static Found Read(GeneratorSyntaxContext context, ICollection<INamedTypeSymbol> classes, CancellationToken cancellationToken)
    {
        var name = (SimpleNameSyntax)context.Node;
        var member = (ExpressionSyntax)name.Parent!;
        var model = context.SemanticModel;
        if (member.Parent is not InvocationExpressionSyntax call || call.Expression != member)
        {
            return ReadUncalled(model, member, cancellationToken);
        }

        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method || Kind(method) is not { } kind)
        {
            return Found.Nothing;
        }

        var reader = new CommandReader(model.Compilation, cancellationToken, classes);
        var finding = Read(reader, model, call, method, kind, name.GetLocation());
        if (finding is { Site: { } site })
        {
            if (model.GetInterceptableLocation(call, cancellationToken) is { } location)
            {
                finding = finding with { Site = site with { Attribute = location.GetInterceptsLocationAttributeSyntax() } };
            }
            else
            {
                reader.Report(Descriptors.HandlerNotSeen, name.GetLocation(), method.Name);
                finding = null;
            }
        }

        return new Found(finding, reader.Diagnostics, reader.Names);
    }

    // The method as a value: app.Commands.Map without a call.
    private static Found ReadUncalled(SemanticModel model, ExpressionSyntax member, CancellationToken cancellationToken)
    {
        if (member.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } })
        {
            return Found.Nothing;
        }

        var info = model.GetSymbolInfo(member, cancellationToken);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol method || Kind(method) is null)
        {
            return Found.Nothing;
        }

        var diagnostic = DiagnosticInfo.Create(Descriptors.HandlerNotSeen, SourceLocation.Of(member.GetLocation()), method.Name);
        return Found.Nothing with { Diagnostics = new[] { diagnostic }.ToEquatableArray() };
    }

    private static SiteKind? Kind(IMethodSymbol method)
    {
        var parameters = method.OriginalDefinition.Parameters;
        if (method.ContainingType.Is(Registry) && method.Name == "Map")
        {
            return parameters.Length switch
            {
                0 => SiteKind.MapClass,
                1 => SiteKind.MapInstance,
                3 when parameters[1].Type.Is("System.Delegate") => SiteKind.MapHandler,
                _ => null,
            };
        }

        if (method.ContainingType.Is(App) && method.Name == "Expose")
        {
            return parameters.Length switch
            {
                1 => SiteKind.ExposeHandler,
                2 when parameters[1].Type.Is("System.Delegate") => SiteKind.ExposeNamedHandler,
                2 => SiteKind.ExposeObject,
                _ => null,
            };
        }

        return null;
    }

    private static Finding? Read(CommandReader reader, SemanticModel model, InvocationExpressionSyntax call, IMethodSymbol method, SiteKind kind, Location where)
    {
        switch (kind)
        {
            case SiteKind.MapClass or SiteKind.MapInstance:
                return ReadClass(reader, method.TypeArguments[0], kind, where);
            case SiteKind.ExposeObject:
                return ReadObject(reader, model, call, method.TypeArguments[0], where);
            default:
                return ReadHandler(reader, model, call, kind, where);
        }
    }

    private static Finding? ReadHandler(CommandReader reader, SemanticModel model, InvocationExpressionSyntax call, SiteKind kind, Location where)
    {
        if (Argument(call, "handler", kind == SiteKind.ExposeHandler ? 0 : 1) is not { } expression)
        {
            return null;
        }

        if (Handler(model, expression, reader.CancellationToken) is not { } handler)
        {
            reader.Report(Descriptors.HandlerNotSeen, expression.GetLocation(), kind == SiteKind.MapHandler ? "Map" : "Expose");
            return null;
        }

        string? name;
        var place = expression.GetLocation();
        if (kind == SiteKind.ExposeHandler)
        {
            if (handler.MethodKind == MethodKind.AnonymousFunction)
            {
                reader.Report(Descriptors.NoName, place);
                return null;
            }

            name = CommandReader.NameOf(handler);
        }
        else
        {
            var text = Argument(call, "name", 0)!;
            name = model.GetConstantValue(text, reader.CancellationToken).Value as string;
            if (name is null)
            {
                reader.Report(Descriptors.NameNotConstant, text.GetLocation());
            }
            else
            {
                place = text.GetLocation();
            }
        }

        if (reader.Read(handler, name ?? handler.Name, expression.GetLocation(), LambdaResult.Of(model, expression, handler, reader.CancellationToken)) is not { } command || (name is not null && !reader.Name(name, command, place)))
        {
            return null;
        }

        return new Finding(
            new SiteModel(kind, "", command, "", ""),
            null,
            name is null ? EquatableArray<ListedCommand>.Empty : new[] { new ListedCommand(name, command) }.ToEquatableArray(),
            null,
            null,
            reader.Shapes);
    }

    private static Finding? ReadClass(CommandReader reader, ITypeSymbol argument, SiteKind kind, Location where)
    {
        if (argument is not INamedTypeSymbol type)
        {
            reader.Report(Descriptors.NoCommands, where, argument.Name, "it is a type parameter, and code is generated for classes that are known");
            return null;
        }

        if (type.Attribute(CommandReader.CommandsAttribute) is null)
        {
            // An error type has been said already.
            if (type.TypeKind != TypeKind.Error)
            {
                reader.Report(Descriptors.NoCommands, where, type.Name, "it has no [Commands]. Add it, or use Expose");
            }

            return null;
        }

        if (ClassReader.Read(reader, type, where) is not { } finding)
        {
            return null;
        }

        if (kind == SiteKind.MapClass && ClassReader.NoConstructor(type, reader.Compilation) is { } why)
        {
            reader.Report(Descriptors.Constructor, where, type.Name, why);
            return null;
        }

        return finding with { Site = new SiteModel(kind, "", null, finding.Class!.Id, finding.Class.CSharp) };
    }

    private static Finding? ReadObject(CommandReader reader, SemanticModel model, InvocationExpressionSyntax call, ITypeSymbol argument, Location where)
    {
        if (argument is not INamedTypeSymbol type || type.Inaccessible(reader.Compilation) is not null)
        {
            if (argument.TypeKind == TypeKind.TypeParameter)
            {
                reader.Report(Descriptors.NoCommands, where, argument.Name, "it is a type parameter, and code is generated for classes that are known");
            }
            else
            {
                reader.Report(Descriptors.NotAccessible, where, "Expose", CSharpText.Readable(argument));
            }

            return null;
        }

        if (type.TypeKind == TypeKind.Delegate)
        {
            reader.Report(Descriptors.HandlerNotSeen, where, "Expose");
            return null;
        }

        var prefix = JsonText.CamelCase(type.Name);
        if (Argument(call, "name", 1) is { } text)
        {
            var constant = model.GetConstantValue(text, reader.CancellationToken);
            if (!constant.HasValue)
            {
                reader.Report(Descriptors.NameNotConstant, text.GetLocation());
                prefix = null;
            }
            else
            {
                prefix = constant.Value as string ?? prefix;
            }
        }

        if (ClassReader.ReadExposed(reader, type, prefix, where) is not { } finding)
        {
            return null;
        }

        // The code of a class is one for all of its names.
        var shared = finding.Class! with { Prefix = JsonText.CamelCase(type.Name) };
        return finding with { Class = shared, Site = new SiteModel(SiteKind.ExposeObject, "", null, shared.Id, shared.CSharp) };
    }

    private static IMethodSymbol? Handler(SemanticModel model, ExpressionSyntax expression, CancellationToken cancellationToken)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized.Expression;
        }

        if (expression is not (AnonymousFunctionExpressionSyntax or MemberAccessExpressionSyntax or SimpleNameSyntax))
        {
            return null;
        }

        // The name of a method stands for its only overload: of several there is no delegate to make.
        var info = model.GetSymbolInfo(expression, cancellationToken);
        var candidates = info.Symbol is not null ? [info.Symbol] : info.CandidateSymbols.Length > 0 ? info.CandidateSymbols : model.GetMemberGroup(expression, cancellationToken);
        return candidates.Length == 1 ? candidates[0] as IMethodSymbol : null;
    }

    private static ExpressionSyntax? Argument(InvocationExpressionSyntax call, string name, int position)
    {
        var arguments = call.ArgumentList.Arguments;
        foreach (var argument in arguments)
        {
            if (argument.NameColon?.Name.Identifier.ValueText == name)
            {
                return argument.Expression;
            }
        }

        return position < arguments.Count && arguments[position].NameColon is null ? arguments[position].Expression : null;
    }
}
