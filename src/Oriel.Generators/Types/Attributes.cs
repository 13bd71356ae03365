using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>Reads System.Text.Json's attributes.</summary>
internal static class Attributes
{
    private const string Namespace = "System.Text.Json.Serialization";

    /// <summary>The attribute of a name, without its suffix.</summary>
    public static AttributeData? Find(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Name == name + "Attribute" && TypeKinds.FullName(type).StartsWith(Namespace, StringComparison.Ordinal))
            {
                return attribute;
            }
        }

        return null;
    }

    public static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    /// <summary>The converter that <c>[JsonConverter]</c> names, or the attribute's own type where it makes the converter itself.</summary>
    public static INamedTypeSymbol? Converter(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (type.Name == "JsonConverterAttribute" && TypeKinds.FullName(type).StartsWith(Namespace, StringComparison.Ordinal))
                {
                    return attribute.ConstructorArguments.Length == 1 ? attribute.ConstructorArguments[0].Value as INamedTypeSymbol : attribute.AttributeClass;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a converter writes enums by name.</summary>
    public static bool IsStringEnumConverter(INamedTypeSymbol converter) =>
        converter.Name == "JsonStringEnumConverter" && TypeKinds.FullName(converter).StartsWith(Namespace, StringComparison.Ordinal);

    /// <summary>The types of <c>[JsonDerivedType]</c> with their discriminators (text, int or null).</summary>
    public static IReadOnlyList<(INamedTypeSymbol Type, object? Tag)> DerivedTypes(ITypeSymbol type)
    {
        var all = new List<(INamedTypeSymbol, object?)>();
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "JsonDerivedTypeAttribute" } && attribute.ConstructorArguments.Length > 0
                && attribute.ConstructorArguments[0].Value is INamedTypeSymbol derived)
            {
                all.Add((derived, attribute.ConstructorArguments.Length > 1 ? attribute.ConstructorArguments[1].Value : null));
            }
        }

        return all;
    }

    /// <summary>The number of the enum value that an attribute is given.</summary>
    public static int? Number(ISymbol symbol, string name) =>
        Find(symbol, name) is { ConstructorArguments: { Length: 1 } arguments } && arguments[0].Value is int value ? value : null;

    /// <summary>The text that an attribute is given.</summary>
    public static string? Text(ISymbol symbol, string name) =>
        Find(symbol, name) is { ConstructorArguments: { Length: 1 } arguments } ? arguments[0].Value as string : null;

    /// <summary>When <c>[JsonIgnore]</c> leaves a member out: the number of the <c>JsonIgnoreCondition</c>; 1 is always.</summary>
    public static int? IgnoreCondition(ISymbol symbol)
    {
        if (Find(symbol, "JsonIgnore") is not { } attribute)
        {
            return null;
        }

        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == "Condition" && argument.Value.Value is int condition)
            {
                return condition;
            }
        }

        return 1;
    }

    public static bool IsFlags(ITypeSymbol type) =>
        type.GetAttributes().Any(attribute => attribute.AttributeClass is { Name: "FlagsAttribute", ContainingNamespace.Name: "System" });
}
