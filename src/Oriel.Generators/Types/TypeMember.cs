using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>A property or field that is in JSON.</summary>
internal sealed class TypeMember(ISymbol symbol)
{
    public ISymbol Symbol { get; } = symbol;

    public string Name => Symbol.Name;

    public IPropertySymbol? Property { get; } = symbol as IPropertySymbol;

    public ITypeSymbol Type { get; } = symbol is IPropertySymbol property ? property.Type : ((IFieldSymbol)symbol).Type;

    /// <summary>The type as the generic type declares it: a type parameter says nothing about null.</summary>
    public ITypeSymbol DeclaredType => Symbol.OriginalDefinition is IPropertySymbol property ? property.Type : ((IFieldSymbol)Symbol.OriginalDefinition).Type;

    public bool HasInclude { get; } = Attributes.Has(symbol, "JsonInclude");

    public int? IgnoreCondition { get; } = Attributes.IgnoreCondition(symbol);

    public string? GivenName { get; } = Attributes.Text(symbol, "JsonPropertyName");

    public string JsonName => GivenName ?? JsonText.CamelCase(Name);

    public bool IsExtensionData { get; } = Attributes.Has(symbol, "JsonExtensionData");

    public bool HasRequiredAttribute { get; } = Attributes.Has(symbol, "JsonRequired");

    public bool HasRequiredKeyword => Property?.IsRequired ?? ((IFieldSymbol)Symbol).IsRequired;

    public bool HasGetter => Property is null || (FindGetter(Property) is { } getter && IsUsable(getter));

    public bool HasSetter => Property is null
        ? !((IFieldSymbol)Symbol).IsReadOnly
        : FindSetter(Property) is { } setter && IsUsable(setter);

    public bool IsInitOnly => Property is not null && FindSetter(Property) is { IsInitOnly: true };

    /// <summary>The accessor that sets the property: an override may have only the other one.</summary>
    public IMethodSymbol? Setter => Property is null ? null : FindSetter(Property);

    public bool IsGetNullable => MayBeNull(Property is { } property && FindGetter(property) is { } getter ? getter.GetReturnTypeAttributes() : [], "MaybeNull", "NotNull");

    public bool IsSetNullable => MayBeNull(Setter is { Parameters: { Length: > 0 } parameters } ? parameters[parameters.Length - 1].GetAttributes() : [], "AllowNull", "DisallowNull");

    /// <summary>Whether null is a value of a type parameter, whatever it is in a closed type.</summary>
    public static bool MayBeNull(ITypeSymbol type, ITypeSymbol declared)
    {
        if (type.IsValueType)
        {
            return type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        }

        return declared is ITypeParameterSymbol { NullableAnnotation: not NullableAnnotation.Annotated } parameter
            ? !parameter.HasNotNullConstraint && !(parameter.HasReferenceTypeConstraint && parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.NotAnnotated)
            : declared.NullableAnnotation != NullableAnnotation.NotAnnotated;
    }

    private bool MayBeNull(IEnumerable<AttributeData> attributes, string allow, string disallow)
    {
        foreach (var attribute in Symbol.GetAttributes().Concat(attributes))
        {
            if (attribute.AttributeClass?.Name == allow + "Attribute")
            {
                return true;
            }

            if (attribute.AttributeClass?.Name == disallow + "Attribute")
            {
                return false;
            }
        }

        return MayBeNull(Type, DeclaredType);
    }

    private static IMethodSymbol? FindGetter(IPropertySymbol property) =>
        property.GetMethod ?? (property.OverriddenProperty is { } overridden ? FindGetter(overridden) : null);

    private static IMethodSymbol? FindSetter(IPropertySymbol property) =>
        property.SetMethod ?? (property.OverriddenProperty is { } overridden ? FindSetter(overridden) : null);

    // [JsonInclude] opens what generated code can reach; nothing private is touched.
    private bool IsUsable(IMethodSymbol accessor) => accessor.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Internal or Accessibility.ProtectedOrInternal => HasInclude,
        _ => false,
    };
}
