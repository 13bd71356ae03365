using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Oriel.Generators;

/// <summary>How generated C# writes types, names and constants.</summary>
internal static class CSharpText
{
    private static readonly SymbolDisplayFormat s_format = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat s_readable = SymbolDisplayFormat.CSharpShortErrorMessageFormat.RemoveMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
        | SymbolDisplayMiscellaneousOptions.IncludeNotNullableReferenceTypeModifier
        | SymbolDisplayMiscellaneousOptions.UseAsterisksInMultiDimensionalArrays);

    private static readonly SymbolDisplayFormat s_id = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>The type, fully qualified, without the annotations that the runtime does not have.</summary>
    public static string Of(ITypeSymbol type) => type.TypeKind == TypeKind.Dynamic ? "object" : type.ToDisplayString(s_format);

    /// <summary>The name of a declaration, whatever its type arguments: <c>Ns.Outer.Page`1</c>.</summary>
    public static string Id(INamedTypeSymbol type)
    {
        var id = type.OriginalDefinition.ToDisplayString(s_id);
        var arity = TypeArguments(type).Count;
        return arity == 0 ? id : id + "`" + arity.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A name in a message to a person, who may copy it into <c>typeof</c>.</summary>
    public static string Readable(ITypeSymbol type) => type.ToDisplayString(s_readable);

    /// <summary>The name of a member, escaped where it is a keyword.</summary>
    public static string Name(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>A string literal.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>The default value of a parameter as a constant expression that its type can have.</summary>
    public static string Default(IParameterSymbol parameter)
    {
        var value = parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null;

        // A cast to a nullable type is not constant: another parameter could not have it as its default.
        var type = Of(value is not null && parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : parameter.Type);
        return value switch
        {
            null => $"default({type})",
            string text => Literal(text),
            bool flag => flag ? "true" : "false",
            double.NaN => $"({type})double.NaN",
            double.PositiveInfinity => $"({type})double.PositiveInfinity",
            double.NegativeInfinity => $"({type})double.NegativeInfinity",
            float.NaN => $"({type})float.NaN",
            float.PositiveInfinity => $"({type})float.PositiveInfinity",
            float.NegativeInfinity => $"({type})float.NegativeInfinity",
            double number => $"({type})({number.ToString("R", CultureInfo.InvariantCulture)}D)",
            float number => $"({type})({number.ToString("R", CultureInfo.InvariantCulture)}F)",
            decimal number => $"({type})({number.ToString(CultureInfo.InvariantCulture)}M)",
            char c => $"({type}){SymbolDisplay.FormatLiteral(c, quote: true)}",
            _ => $"({type})({Convert.ToString(value, CultureInfo.InvariantCulture)})",
        };
    }

    /// <summary>All type arguments of a type, those of the types around it first.</summary>
    public static IReadOnlyList<ITypeSymbol> TypeArguments(INamedTypeSymbol type)
    {
        if (type.ContainingType is null)
        {
            return type.TypeArguments;
        }

        var all = new List<ITypeSymbol>(TypeArguments(type.ContainingType));
        all.AddRange(type.TypeArguments);
        return all;
    }

    /// <summary>An identifier that is made of the name of a type.</summary>
    public static string Identifier(string csharp)
    {
        var name = new StringBuilder(csharp.Length);
        foreach (var c in csharp.Replace("global::", "").Replace("[]", "Array").Replace("?", "Nullable"))
        {
            if (SyntaxFacts.IsIdentifierPartCharacter(c))
            {
                name.Append(c);
            }
            else if (name.Length > 0 && name[name.Length - 1] != '_')
            {
                name.Append('_');
            }
        }

        return name.ToString().TrimEnd('_');
    }

    /// <summary>The constraints of type parameters, as a declaration writes them.</summary>
    public static string Constraints(IEnumerable<ITypeParameterSymbol> parameters)
    {
        var text = new StringBuilder();
        foreach (var parameter in parameters)
        {
            var constraints = new List<string>();
            if (parameter.HasUnmanagedTypeConstraint)
            {
                constraints.Add("unmanaged");
            }
            else if (parameter.HasValueTypeConstraint)
            {
                constraints.Add("struct");
            }
            else if (parameter.HasReferenceTypeConstraint)
            {
                constraints.Add("class");
            }
            else if (parameter.HasNotNullConstraint)
            {
                constraints.Add("notnull");
            }

            constraints.AddRange(parameter.ConstraintTypes.Select(Of));
            if (parameter.HasConstructorConstraint && !parameter.HasValueTypeConstraint && !parameter.HasUnmanagedTypeConstraint)
            {
                constraints.Add("new()");
            }

            if (constraints.Count > 0)
            {
                text.Append(" where ").Append(Name(parameter.Name)).Append(" : ").Append(string.Join(", ", constraints));
            }
        }

        return text.ToString();
    }
}
