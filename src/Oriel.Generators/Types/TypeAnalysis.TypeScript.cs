using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

internal sealed partial class TypeAnalysis
{
    // JsonNumberHandling's flags.
    private const int AllowReadingFromString = 1;
    private const int WriteAsString = 2;
    private const int AllowNamedFloatingPointLiterals = 4;

    private static bool IsInline(INamedTypeSymbol type) =>
        type.OriginalDefinition.MetadataName is "KeyValuePair`2" || type.IsTupleType
        || (type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true } && type.MetadataName.StartsWith("Tuple`", StringComparison.Ordinal));

    private string Render(ITypeSymbol type, bool isNullable)
    {
        var text = RenderCore(type);
        return isNullable && text != "unknown" && !text.EndsWith("| null", StringComparison.Ordinal) ? text + " | null" : text;
    }

    private string RenderCore(ITypeSymbol type)
    {
        var sort = Sort(type);
        if (Nesting(type, 0) > MaxNesting)
        {
            return "unknown";
        }

        switch (sort.Kind)
        {
            case JsonKind.Value or JsonKind.Body:
                return sort.TypeScript!;
            case JsonKind.TypeParameter:
                return type.Name;
            case JsonKind.Nullable:
                return Render(sort.Element!, isNullable: true);
            case JsonKind.Collection:
                var element = RenderArgument(sort.Element!);
                return element.IndexOf(" | ", StringComparison.Ordinal) < 0 ? element + "[]" : $"({element})[]";
            case JsonKind.Dictionary:
                return RenderDictionary(sort, RenderArgument(sort.Element!));
            case JsonKind.Enum:
                return TypeDeclaration.Reference(CSharpText.Id((INamedTypeSymbol)type));
            case JsonKind.Unsupported:
                return "unknown";
        }

        var named = (INamedTypeSymbol)type;
        if (IsInline(named))
        {
            var members = Members(named).Select(member => $"{member.JsonName}: {RenderArgument(member.Type)}");
            return "{ " + string.Join("; ", members) + " }";
        }

        var reference = TypeDeclaration.Reference(CSharpText.Id(named));
        var arguments = sort.Kind == JsonKind.Converted ? [] : CSharpText.TypeArguments(named);
        return arguments.Count == 0 ? reference : $"{reference}<{string.Join(", ", arguments.Select(RenderArgument))}>";
    }

    // Code without nullable annotations does not mean null when it says List<string>.
    private string RenderArgument(ITypeSymbol type) => Render(type, type.NullableAnnotation == NullableAnnotation.Annotated);

    private string RenderDictionary(TypeSort sort, string value)
    {
        var key = sort.Key!;
        if (key.TypeKind == TypeKind.Enum && Sort(key).Kind == JsonKind.Enum && !Attributes.IsFlags(key))
        {
            // Not every key is there.
            return $"Partial<Record<{RenderCore(key)}, {value}>>";
        }

        var name = Sort(key) is { Kind: JsonKind.Value, TypeScript: "number" } ? "number" : "string";
        return $"Record<{name}, {value}>";
    }

    private TypeDeclaration Declare(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var definition = type.OriginalDefinition;
        if (!_declarations.TryGetValue(definition, out var declaration))
        {
            _declarations[definition] = declaration = CreateDeclaration(definition, cancellationToken);
        }

        return declaration;
    }

    private TypeDeclaration CreateDeclaration(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var id = CSharpText.Id(type);
        var documentation = Documentation.Of(type, cancellationToken);
        var kind = Sort(type).Kind;
        if (kind == JsonKind.Enum || (type.TypeKind == TypeKind.Enum && Attributes.Converter(type)?.Name == "JsonNumberEnumConverter"))
        {
            return Enum(type, id, documentation.Summary, cancellationToken);
        }

        if (kind == JsonKind.Converted)
        {
            // What a converter writes only the converter knows.
            return new AliasDeclaration(id, type.Name, documentation.Summary, "unknown");
        }

        var parameters = CSharpText.TypeArguments(type).Select(argument => argument.Name).ToEquatableArray();
        var cases = Attributes.DerivedTypes(type);
        if (cases.Count == 0)
        {
            return Interface(type, id, type.Name, documentation, parameters, cancellationToken);
        }

        var polymorphic = Attributes.Find(type, "JsonPolymorphic");
        var discriminator = polymorphic?.NamedArguments.FirstOrDefault(argument => argument.Key == "TypeDiscriminatorPropertyName").Value.Value as string ?? "$type";
        var own = cases.Any(item => SymbolEqualityComparer.Default.Equals(item.Type, type)) || (!type.IsAbstract && type.TypeKind != TypeKind.Interface)
            ? Interface(type, id + "!", type.Name + "Base", documentation, parameters, cancellationToken)
            : null;
        var rendered = cases
            .Select(item => new UnionCaseDeclaration(
                item.Tag switch
                {
                    string text => JsonText.Quote(text),
                    int number => number.ToString(CultureInfo.InvariantCulture),
                    _ => null,
                },
                SymbolEqualityComparer.Default.Equals(item.Type, type) ? Base() : RenderCore(item.Type)))
            .ToList();

        // A value of the base type itself has no discriminator, unless it is a case.
        if (own is not null && !cases.Any(item => SymbolEqualityComparer.Default.Equals(item.Type, type)))
        {
            rendered.Add(new UnionCaseDeclaration(null, Base()));
        }

        return new UnionDeclaration(id, type.Name, documentation.Summary, parameters, discriminator, rendered.ToEquatableArray(), own);

        string Base() => TypeDeclaration.Reference(id + "!") + (parameters.Count == 0 ? "" : $"<{string.Join(", ", parameters)}>");
    }

    private ObjectDeclaration Interface(INamedTypeSymbol type, string id, string name, Documentation documentation, EquatableArray<string> parameters, CancellationToken cancellationToken)
    {
        var members = Members(type);
        var constructor = Constructor(new TypeNode(), type, members);
        var setsRequired = constructor is not null && constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "SetsRequiredMembersAttribute");
        string? index = null;
        var properties = new List<(int Order, PropertyDeclaration Declaration)>();
        foreach (var member in members)
        {
            if (member.IsExtensionData)
            {
                index = "unknown";
                continue;
            }

            if (member.IgnoreCondition == 1 || (!member.HasGetter && !member.HasSetter))
            {
                continue;
            }

            var parameter = constructor?.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase));
            var order = Attributes.Number(member.Symbol, "JsonPropertyOrder") ?? 0;
            properties.Add((order, Property(member, parameter, setsRequired, documentation, cancellationToken)));
        }

        return new ObjectDeclaration(id, name, documentation.Summary, parameters, properties.OrderBy(property => property.Order).Select(property => property.Declaration).ToEquatableArray(), index);
    }

    private PropertyDeclaration Property(TypeMember member, IParameterSymbol? parameter, bool setsRequired, Documentation typeDocumentation, CancellationToken cancellationToken)
    {
        var isRequired = member.HasRequiredAttribute || (member.HasRequiredKeyword && !setsRequired) || (parameter is { HasExplicitDefaultValue: false });
        var isRead = member.HasSetter || parameter is not null;

        // Left out at times when it is written, or may be left out when it is read.
        var isOptional = member.IgnoreCondition is 2 or 3 or 4 or 5 || (isRead && !isRequired) || !member.HasGetter;
        var doc = Documentation.Of(member.Symbol, cancellationToken).Summary;
        if (doc.Length == 0 && parameter is not null)
        {
            doc = typeDocumentation.Parameter(parameter.Name);
        }

        var isNullable = member.Type is ITypeParameterSymbol
            ? member.Type.NullableAnnotation == NullableAnnotation.Annotated
            : member.IsGetNullable || (isRead && member.IsSetNullable);
        return new PropertyDeclaration(
            member.JsonName,
            RenderMember(member, isNullable),
            isOptional,
            !member.HasSetter || member.IsInitOnly,
            doc);
    }

    private string RenderMember(TypeMember member, bool isNullable)
    {
        if (Attributes.Converter(member.Symbol) is { } converter)
        {
            return !Attributes.IsStringEnumConverter(converter) ? "unknown" : isNullable ? "string | null" : "string";
        }

        var handling = Attributes.Number(member.Symbol, "JsonNumberHandling") ?? Attributes.Number(member.Symbol.ContainingType, "JsonNumberHandling") ?? 0;
        var text = handling == 0 ? null : RenderNumbers(member.Type, Number(handling));
        return text is null ? Render(member.Type, isNullable) : isNullable && member.Type.IsReferenceType ? text + " | null" : text;
    }

    // What [JsonNumberHandling] says of a member is said of the numbers that its collection holds, too; null where there are none.
    private string? RenderNumbers(ITypeSymbol type, string number)
    {
        var sort = Sort(type);
        switch (sort.Kind)
        {
            case JsonKind.Value or JsonKind.Nullable when IsNumber(type):
                return sort.Kind == JsonKind.Nullable ? number + " | null" : number;
            case JsonKind.Collection when IsNumber(sort.Element!):
                var element = RenderNumbers(sort.Element!, number)!;
                return element.IndexOf(" | ", StringComparison.Ordinal) < 0 ? element + "[]" : $"({element})[]";
            case JsonKind.Dictionary when IsNumber(sort.Element!):
                return RenderDictionary(sort, RenderNumbers(sort.Element!, number)!);
            default:
                return null;
        }
    }

    private bool IsNumber(ITypeSymbol type) => Sort(type) switch
    {
        { Kind: JsonKind.Value, TypeScript: "number" } => true,
        { Kind: JsonKind.Nullable, Element: { } element } => IsNumber(element),
        _ => false,
    };

    private static string Number(int handling)
    {
        var forms = new List<string>();
        if ((handling & WriteAsString) == 0)
        {
            forms.Add("number");
        }

        if ((handling & (AllowReadingFromString | WriteAsString)) != 0)
        {
            forms.Add((handling & AllowReadingFromString) != 0 && !forms.Contains("number") ? "string | number" : "string");
        }
        else if ((handling & AllowNamedFloatingPointLiterals) != 0)
        {
            forms.Add("\"NaN\" | \"Infinity\" | \"-Infinity\"");
        }

        return string.Join(" | ", forms);
    }

    private static EnumDeclaration Enum(INamedTypeSymbol type, string id, string doc, CancellationToken cancellationToken)
    {
        var converter = Attributes.Converter(type);
        var isNumeric = converter is null ? Attributes.IsFlags(type) : !Attributes.IsStringEnumConverter(converter);
        var values = new List<EnumValueDeclaration>();
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.HasConstantValue)
            {
                // A converter of the type's own has no naming policy.
                var json = isNumeric
                    ? Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture)!
                    : Attributes.Text(field, "JsonStringEnumMemberName") ?? (converter is null ? JsonText.CamelCase(field.Name) : field.Name);
                values.Add(new EnumValueDeclaration(field.Name, json, Documentation.Of(field, cancellationToken).Summary));
            }
        }

        return new EnumDeclaration(id, type.Name, doc, isNumeric, isNumeric && Attributes.IsFlags(type), values.ToEquatableArray());
    }
}
