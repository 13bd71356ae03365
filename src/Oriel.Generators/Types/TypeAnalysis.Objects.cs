using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

internal sealed partial class TypeAnalysis
{
    private JsonObjectShape Object(TypeNode node, INamedTypeSymbol type, string csharp, Action<ITypeSymbol> part)
    {
        var members = Members(type);
        foreach (var (derived, _) in Attributes.DerivedTypes(type))
        {
            // A case whose base is itself is a part that is being visited.
            part(derived);
        }

        CheckNames(node, type, members);
        var constructor = Constructor(node, type, members);
        var setsRequired = constructor is not null && constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "SetsRequiredMembersAttribute");
        var shapes = new List<JsonMemberShape>();
        foreach (var member in members)
        {
            if (member.IgnoreCondition == 1)
            {
                continue;
            }

            if (member.Type.TypeKind != TypeKind.Error)
            {
                Visit(node, member, part);
                shapes.Add(Member(node, type, member, setsRequired));
            }
        }

        var needsAccessor = constructor is not null && !setsRequired && members.Any(member => member.HasRequiredKeyword);
        return new JsonObjectShape(
            type.IsValueType,
            Creator(type, csharp, constructor, needsAccessor),
            constructor is not null && !constructor.Parameters.IsEmpty,
            constructor is null ? EquatableArray<JsonParameterShape>.Empty : constructor.Parameters.Select(Parameter).ToEquatableArray(),
            needsAccessor && !IsImplicitDefault(type, constructor!) ? Accessor(constructor!) : null,
            shapes.ToEquatableArray(),
            NumberHandling(type),
            Settings(type).ToEquatableArray());
    }

    // A member that is at fault is said to be at its own place.
    private static void Visit(TypeNode node, TypeMember member, Action<ITypeSymbol> part)
    {
        if (Attributes.Converter(member.Symbol) is not null)
        {
            return;
        }

        var before = node.Parts.Count;
        part(member.Type);
        var place = SourceLocation.Of(member.Symbol.Locations.FirstOrDefault());
        if (place is not null && node.Parts.Count > before && node.Parts[before] is { Problems.Count: > 0, Shape: null } wrong)
        {
            node.Problems.AddRange(wrong.Problems.Where(problem => problem.Location is null).Select(problem => problem with { Location = place }));
            node.Parts.RemoveAt(before);
        }
    }

    private List<TypeMember> Members(INamedTypeSymbol type)
    {
        var members = new List<TypeMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var isTuple = Sort(type).Kind == JsonKind.Tuple;
        foreach (var current in Hierarchy(type))
        {
            // Properties before fields, as System.Text.Json has them.
            foreach (var symbol in current.GetMembers().OrderBy(member => member.Kind == SymbolKind.Property ? 0 : 1))
            {
                var isMember = symbol switch
                {
                    IPropertySymbol property => !property.IsStatic && !property.IsIndexer && property.ExplicitInterfaceImplementations.IsEmpty
                        && property.RefKind == RefKind.None && (property.DeclaredAccessibility == Accessibility.Public || Attributes.Has(property, "JsonInclude")),
                    IFieldSymbol field => !field.IsStatic && !field.IsConst && field.AssociatedSymbol is null
                        && (isTuple ? !field.IsExplicitlyNamedTupleElement || field.Name.StartsWith("Item", StringComparison.Ordinal) : Attributes.Has(field, "JsonInclude")),
                    _ => false,
                };

                // What a derived type hides or overrides is not there again.
                if (isMember && names.Add(symbol.Name))
                {
                    members.Add(new TypeMember(symbol));
                }
            }
        }

        return members;
    }

    private static IEnumerable<INamedTypeSymbol> Hierarchy(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
        {
            return new[] { type }.Concat(type.AllInterfaces);
        }

        return Bases(type);

        static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
        {
            // The names of a tuple's elements are gone when the program runs.
            for (var current = type.TupleUnderlyingType ?? type; current is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; current = current.BaseType)
            {
                yield return current;
            }
        }
    }

    private static void CheckNames(TypeNode node, INamedTypeSymbol type, List<TypeMember> members)
    {
        var names = new Dictionary<string, TypeMember>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (member.IgnoreCondition == 1 || member.IsExtensionData)
            {
                continue;
            }

            if (names.TryGetValue(member.JsonName, out var other))
            {
                node.Problems.Add(new TypeProblem(
                    TypeDiagnostics.DuplicateName,
                    SourceLocation.Of(member.Symbol.Locations.FirstOrDefault()),
                    other.Name,
                    member.Name,
                    CSharpText.Readable(type),
                    member.JsonName));
            }
            else
            {
                names.Add(member.JsonName, member);
            }
        }
    }

    // The choice that System.Text.Json makes.
    private IMethodSymbol? Constructor(TypeNode node, INamedTypeSymbol type, List<TypeMember> members)
    {
        if (type.IsAbstract || type.TypeKind == TypeKind.Interface)
        {
            return null;
        }

        var constructors = type.InstanceConstructors;
        var marked = constructors.FirstOrDefault(constructor => Attributes.Has(constructor, "JsonConstructor"));
        if (marked is not null && !_compilation.IsSymbolAccessibleWithin(marked, _compilation.Assembly))
        {
            node.Problems.Add(new TypeProblem(TypeDiagnostics.InaccessibleMember, SourceLocation.Of(marked.Locations.FirstOrDefault()), "The constructor", CSharpText.Readable(type), "JsonConstructor"));
            return null;
        }

        var open = constructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToList();
        var withParameters = open.Where(constructor => !constructor.Parameters.IsEmpty).ToList();
        var chosen = marked
            ?? open.FirstOrDefault(constructor => constructor.Parameters.IsEmpty && (!type.IsValueType || !constructor.IsImplicitlyDeclared))
            ?? (withParameters.Count == 1 ? withParameters[0] : null)
            ?? open.FirstOrDefault(constructor => constructor.Parameters.IsEmpty);
        if (chosen is null)
        {
            var why = open.Count == 0 ? "it has no public constructor" : "it has several public constructors, and none without parameters";
            node.Problems.Add(new TypeProblem(TypeDiagnostics.NoConstructor, null, CSharpText.Readable(type), why, "Mark the one to use with [JsonConstructor]."));
            return null;
        }

        foreach (var parameter in chosen.Parameters)
        {
            var member = members.FirstOrDefault(member => string.Equals(member.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(member.Type, parameter.Type));
            if (member?.IgnoreCondition == 1)
            {
                node.Problems.Add(new TypeProblem(
                    TypeDiagnostics.NoConstructor,
                    null,
                    CSharpText.Readable(type),
                    $"'{member.Name}', of which the parameter '{parameter.Name}' of its constructor is made, has [JsonIgnore]",
                    "Take [JsonIgnore] away, or add a constructor without the parameter and mark it with [JsonConstructor]."));
                return null;
            }

            if (member is null || parameter.RefKind is not (RefKind.None or RefKind.In))
            {
                node.Problems.Add(new TypeProblem(
                    TypeDiagnostics.NoConstructor,
                    null,
                    CSharpText.Readable(type),
                    $"the parameter '{parameter.Name}' of its constructor has no property of that name and type",
                    "Add the property, or a constructor without parameters."));
                return null;
            }
        }

        return chosen;
    }

    private static bool IsImplicitDefault(INamedTypeSymbol type, IMethodSymbol constructor) =>
        type.IsValueType && constructor.IsImplicitlyDeclared && constructor.Parameters.IsEmpty;

    private static string? Creator(INamedTypeSymbol type, string csharp, IMethodSymbol? constructor, bool needsAccessor)
    {
        if (constructor is null || !constructor.Parameters.IsEmpty)
        {
            return null;
        }

        return IsImplicitDefault(type, constructor) ? $"default({csharp})" : needsAccessor ? "" : $"new {csharp}()";
    }

    private static JsonParameterShape Parameter(IParameterSymbol parameter) => new(
        parameter.Name,
        CSharpText.Of(parameter.Type),
        parameter.HasExplicitDefaultValue ? CSharpText.Default(parameter) : null,
        TypeMember.MayBeNull(parameter.Type, parameter.OriginalDefinition.Type));

    private JsonMemberShape Member(TypeNode node, INamedTypeSymbol type, TypeMember member, bool setsRequired)
    {
        if (member.HasInclude && !_compilation.IsSymbolAccessibleWithin(member.Symbol, _compilation.Assembly))
        {
            node.Problems.Add(new TypeProblem(TypeDiagnostics.InaccessibleMember, SourceLocation.Of(member.Symbol.Locations.FirstOrDefault()), member.Name, CSharpText.Readable(type), "JsonInclude"));
        }

        string? converter = null;
        if (Attributes.Converter(member.Symbol) is { } own)
        {
            if (MemberConverter(member.Type, own) is { } enumConverter)
            {
                converter = enumConverter;
            }
            else if (ConverterProblem(own) is { } problem)
            {
                node.Problems.Add(new TypeProblem(TypeDiagnostics.Converter, SourceLocation.Of(member.Symbol.Locations.FirstOrDefault()), member.Name, CSharpText.Readable(own), problem));
            }
            else
            {
                converter = MemberConverter(member.Type, $"new {CSharpText.Of(own)}()");
            }
        }

        return new JsonMemberShape(
            member.Name,
            CSharpText.Of(member.Type),
            CSharpText.Of(member.Symbol.ContainingType),
            member.Property is not null,
            member.Symbol.IsVirtual || member.Symbol.IsOverride || member.Symbol.IsAbstract,
            member.HasInclude || Sort(type).Kind == JsonKind.Tuple,
            member.HasGetter,
            member.HasSetter,
            member.HasSetter && member.IsInitOnly ? Accessor(member.Setter!) : null,
            member.GivenName,
            converter,
            NumberHandling(member.Symbol),
            member.IgnoreCondition,
            member.IsExtensionData,
            member.HasRequiredAttribute || (member.HasRequiredKeyword && !setsRequired),
            !member.Type.IsValueType,
            member.IsGetNullable,
            member.IsSetNullable,
            Attributes.Number(member.Symbol, "JsonPropertyOrder") ?? 0,
            Attributes.Number(member.Symbol, "JsonObjectCreationHandling") is { } handling ? $"(global::System.Text.Json.Serialization.JsonObjectCreationHandling){handling}" : null);
    }

    // The converter that is not generic needs reflection.
    private static string? MemberConverter(ITypeSymbol type, INamedTypeSymbol converter) =>
        Attributes.IsStringEnumConverter(converter) && !converter.IsGenericType
        && (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? ((INamedTypeSymbol)type).TypeArguments[0] : type) is { TypeKind: TypeKind.Enum } value
            ? MemberConverter(type, $"new global::System.Text.Json.Serialization.JsonStringEnumConverter<{CSharpText.Of(value)}>()")
            : null;

    private static string MemberConverter(ITypeSymbol type, string converter) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        ? $"ExpandNullable<{CSharpText.Of(((INamedTypeSymbol)type).TypeArguments[0])}>({converter}, options)"
        : $"Expand(typeof({CSharpText.Of(type)}), {converter}, options)";

    private static string? NumberHandling(ISymbol symbol) =>
        Attributes.Number(symbol, "JsonNumberHandling") is { } handling ? $"(global::System.Text.Json.Serialization.JsonNumberHandling){handling}" : null;

    private static IEnumerable<string> Settings(INamedTypeSymbol type)
    {
        if (Attributes.Number(type, "JsonUnmappedMemberHandling") is { } unmapped)
        {
            yield return $"info.UnmappedMemberHandling = (global::System.Text.Json.Serialization.JsonUnmappedMemberHandling){unmapped};";
        }

        if (Attributes.Number(type, "JsonObjectCreationHandling") is { } creation)
        {
            yield return $"info.PreferredPropertyObjectCreationHandling = (global::System.Text.Json.Serialization.JsonObjectCreationHandling){creation};";
        }
    }

    private static JsonAccessor Accessor(IMethodSymbol method)
    {
        var declared = method.OriginalDefinition.ContainingType;
        var parameters = CSharpText.TypeArguments(declared).OfType<ITypeParameterSymbol>().ToList();
        return new JsonAccessor(
            CSharpText.Of(declared),
            parameters.Count == 0 ? "" : "<" + string.Join(", ", parameters.Select(parameter => CSharpText.Name(parameter.Name))) + ">",
            parameters.Count == 0 ? "" : "<" + string.Join(", ", CSharpText.TypeArguments(method.ContainingType).Select(CSharpText.Of)) + ">",
            CSharpText.Constraints(parameters),
            declared.IsValueType,
            method.MethodKind == MethodKind.Constructor ? ".ctor" : method.MetadataName,
            method.OriginalDefinition.Parameters.Select(parameter => CSharpText.Of(parameter.Type)).ToEquatableArray());
    }
}
