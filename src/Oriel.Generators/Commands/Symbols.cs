using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>Questions about symbols that commands ask.</summary>
internal static class Symbols
{
    /// <summary>Whether a type is the one of that name; generic ones by their definition, as <c>System.IProgress`1</c>.</summary>
    public static bool Is(this ITypeSymbol type, string name)
    {
        var (space, own) = Split(name);
        return type.OriginalDefinition.MetadataName == own && type.ContainingType is null && IsNamespace(type.ContainingNamespace, space);
    }

    public static AttributeData? Attribute(this ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.Is(name))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>Whether a type is, or implements, the interface.</summary>
    public static bool Implements(this ITypeSymbol type, string name) => type.Is(name) || type.AllInterfaces.Any(each => each.Is(name));

    /// <summary>The first part of a type that generated code cannot name; null when there is none.</summary>
    public static ITypeSymbol? Inaccessible(this ITypeSymbol type, Compilation compilation)
    {
        switch (type)
        {
            case ITypeParameterSymbol:
                return type;
            case IArrayTypeSymbol array:
                return array.ElementType.Inaccessible(compilation);
            case INamedTypeSymbol named:
                if (!compilation.IsSymbolAccessibleWithin(named.OriginalDefinition, compilation.Assembly))
                {
                    return type;
                }

                for (var current = named; current is not null; current = current.ContainingType)
                {
                    if (current.IsAnonymousType || current.IsFileLocal)
                    {
                        return type;
                    }

                    foreach (var argument in current.TypeArguments)
                    {
                        if (argument.Inaccessible(compilation) is { } found)
                        {
                            return found;
                        }
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private static (string Space, string Name) Split(string name)
    {
        var dot = name.LastIndexOf('.');
        return (name.Substring(0, dot), name.Substring(dot + 1));
    }

    private static bool IsNamespace(INamespaceSymbol? space, string name)
    {
        var end = name.Length;
        while (space is { IsGlobalNamespace: false })
        {
            var start = end - space.Name.Length;
            if (start < 0 || string.CompareOrdinal(name, start, space.Name, 0, space.Name.Length) != 0 || (start > 0 && name[start - 1] != '.'))
            {
                return false;
            }

            end = Math.Max(0, start - 1);
            space = space.ContainingNamespace;
        }

        return end == 0;
    }
}
