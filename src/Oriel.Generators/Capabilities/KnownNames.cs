using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators.Capabilities;

/// <summary>Finds the names that the code gives to commands, events and states, as far as they stand there.</summary>
internal static class KnownNames
{
    public const string CommandAttribute = "Oriel.CommandAttribute";

    private const string CommandsAttribute = "Oriel.CommandsAttribute";

    /// <summary>Whether a node is a call that may name something.</summary>
    public static bool IsCandidate(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name }, ArgumentList.Arguments.Count: > 0 } && KindOf(name.Identifier.ValueText) is not null;

    /// <summary>What a call names. By the syntax alone: what it says is a hint to a person, and hints must cost nothing.</summary>
    public static KnownName? Of(SyntaxNode node)
    {
        var call = (InvocationExpressionSyntax)node;
        var method = ((MemberAccessExpressionSyntax)call.Expression).Name;
        var kind = KindOf(method.Identifier.ValueText)!.Value;
        var first = call.ArgumentList.Arguments[0].Expression;

        if (first is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression))
        {
            return new KnownName(kind, literal.Token.ValueText);
        }

        // Map<Scans>(scans): the attributes of the class name its commands.
        return method is GenericNameSyntax && method.Identifier.ValueText == "Map" ? null : new KnownName(kind, null);
    }

    /// <summary>What a method with the attribute of commands is called by pages, and the capability that it asks for.</summary>
    public static IEnumerable<KnownName> OfCommand(GeneratorAttributeSyntaxContext context)
    {
        var attribute = context.Attributes[0];
        if (attribute.NamedArguments.FirstOrDefault(static argument => argument.Key == "Capability").Value.Value is string { Length: > 0 } capability)
        {
            yield return new KnownName(KnownKind.Capability, capability);
        }

        var type = context.TargetSymbol.ContainingType;
        var commands = type?.GetAttributes().FirstOrDefault(static data => data.AttributeClass?.ToDisplayString() == CommandsAttribute);
        if (commands is null)
        {
            // What calls it is a class that derives from this one, or the call that maps it.
            yield return new KnownName(KnownKind.Command, null);
            yield break;
        }

        var area = FirstArgument(commands) ?? Oriel.Generators.JsonText.CamelCase(type!.Name);
        var method = context.TargetSymbol.Name;
        var name = FirstArgument(attribute) ?? Oriel.Generators.JsonText.CamelCase(method.Length > 5 && method.EndsWith("Async", StringComparison.Ordinal) ? method.Substring(0, method.Length - 5) : method);
        yield return new KnownName(KnownKind.Command, area.Length > 0 ? $"{area}.{name}" : name);
    }

    private static string? FirstArgument(AttributeData attribute) => attribute.ConstructorArguments.FirstOrDefault() is { IsNull: false, Value: string text } ? text : null;

    private static KnownKind? KindOf(string method) => method switch
    {
        "Map" or "MapRaw" or "MapStream" or "Expose" => KnownKind.Command,
        "On" or "EmitAsync" => KnownKind.Event,
        "State" => KnownKind.State,
        _ => null,
    };
}
