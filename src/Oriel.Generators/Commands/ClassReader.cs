using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>Reads classes whose methods are commands.</summary>
internal static class ClassReader
{
    /// <summary>Reads a class with <c>[Commands]</c>.</summary>
    public static Finding? Read(CommandReader reader, INamedTypeSymbol type, Location? place)
    {
        reader.DependOn(type);
        var where = CommandReader.Where(type, place);
        if (Unfit(type, reader.Compilation) is { } why)
        {
            reader.Report(Descriptors.ClassUnfit, where, type.Name, why);
            return null;
        }

        var attribute = type.Attribute(CommandReader.CommandsAttribute)!;
        var prefix = (attribute.ConstructorArguments.Length > 0 ? attribute.ConstructorArguments[0].Value as string : null) ?? JsonText.CamelCase(type.Name);
        var methods = new List<(IMethodSymbol Method, string Name)>();
        foreach (var method in Methods(type))
        {
            if (CommandReader.CommandOf(method) is not { } command)
            {
                continue;
            }

            if (Unfit(method, reader.Compilation) is { } problem)
            {
                reader.Report(Descriptors.MethodUnfit, CommandReader.Where(method, place), method.Name, problem);
                continue;
            }

            methods.Add((method, (command.ConstructorArguments.Length > 0 ? command.ConstructorArguments[0].Value as string : null) ?? CommandReader.NameOf(method)));
        }

        return Read(reader, type, prefix, methods, place, Constructor(type, reader.Compilation), isExposed: false);
    }

    /// <summary>Reads a class whose object is exposed: all of its public methods.</summary>
    /// <param name="reader">Reads the methods.</param>
    /// <param name="type">The class.</param>
    /// <param name="prefix">What stands in front of the names; null when it is known only when the program runs.</param>
    /// <param name="place">Where it is exposed.</param>
    public static Finding? ReadExposed(CommandReader reader, INamedTypeSymbol type, string? prefix, Location? place)
    {
        reader.DependOn(type);
        var methods = Methods(type)
            .Where(static method => method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false })
            .Select(static method => (method, CommandReader.NameOf(method)))
            .ToList();
        if (methods.Count == 0)
        {
            reader.Report(Descriptors.NoCommands, place, type.Name, "it has no public methods");
            return null;
        }

        return Read(reader, type, prefix, methods, place, null, isExposed: true);
    }

    public static string Id(INamedTypeSymbol type, bool isExposed)
    {
        var name = CSharpText.Of(type);
        var plain = name.Replace("global::", "");

        // What cannot stand in an identifier becomes an underscore, which names may have too: then a hash tells two of them apart.
        var hash = plain.All(static c => c is '.' || (c is not '_' && char.IsLetterOrDigit(c))) ? "" : "_" + StableHash.Of(plain);
        return CSharpText.Identifier(name) + hash + (isExposed ? "_Exposed" : "_Commands");
    }

    /// <summary>Why there is not one constructor for generated code to call; null when there is.</summary>
    public static string? NoConstructor(INamedTypeSymbol type, Compilation compilation) =>
        Constructors(type, compilation) is { Count: not 1 and var count } ? count == 0 ? "no constructor that generated code can call" : "more than one constructor" : null;

    private static Finding Read(
        CommandReader reader, INamedTypeSymbol type, string? prefix, List<(IMethodSymbol Method, string Name)> methods, Location? place, EquatableArray<ServiceModel>? constructor, bool isExposed)
    {
        var commands = new List<CommandModel>();
        var listed = new List<ListedCommand>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (method, name) in methods)
        {
            var where = CommandReader.Where(method, place);
            var whole = string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}";
            if (!names.Add(name))
            {
                reader.Report(Descriptors.Overload, where, method.Name, whole, type.Name);
                continue;
            }

            if (reader.Read(method, name, place) is not { } command || !reader.Name(whole, command, where))
            {
                continue;
            }

            commands.Add(command);
            if (prefix is not null)
            {
                listed.Add(new ListedCommand(whole, command));
            }
        }

        return new Finding(
            null,
            new ClassModel(CSharpText.Of(type), Id(type, isExposed), prefix ?? "", constructor, commands.ToEquatableArray()),
            listed.ToEquatableArray(),
            null,
            null,
            reader.Shapes);
    }

    // Those of the class itself go before those that they override.
    private static IEnumerable<IMethodSymbol> Methods(INamedTypeSymbol type)
    {
        var overridden = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var seen = new List<IMethodSymbol>();
        for (var current = type; current is { SpecialType: not SpecialType.System_Object and not SpecialType.System_ValueType }; current = current.BaseType)
        {
            foreach (var method in current.GetMembers().OfType<IMethodSymbol>())
            {
                if (method.MethodKind != MethodKind.Ordinary || overridden.Contains(method.OriginalDefinition) || IsOfObject(method) || method.IsImplicitlyDeclared)
                {
                    continue;
                }

                if (method.OverriddenMethod is { } parent)
                {
                    overridden.Add(parent.OriginalDefinition);
                }

                // One that a derived class hides cannot be called on its object.
                if (method.DeclaredAccessibility != Accessibility.Private && seen.Any(other => Hides(other, method)))
                {
                    continue;
                }

                seen.Add(method);
                yield return method;
            }
        }

        if (type.TypeKind == TypeKind.Interface)
        {
            foreach (var method in type.AllInterfaces.SelectMany(static each => each.GetMembers()).OfType<IMethodSymbol>())
            {
                if (method.MethodKind == MethodKind.Ordinary)
                {
                    yield return method;
                }
            }
        }
    }

    private static bool Hides(IMethodSymbol method, IMethodSymbol other) =>
        method.Name == other.Name
        && method.Arity == other.Arity
        && method.DeclaredAccessibility != Accessibility.Private
        && !SymbolEqualityComparer.Default.Equals(method.ContainingType, other.ContainingType)
        && method.Parameters.Select(static parameter => parameter.Type).SequenceEqual(other.Parameters.Select(static parameter => parameter.Type), SymbolEqualityComparer.Default);

    private static bool IsOfObject(IMethodSymbol method)
    {
        var root = method;
        while (root.OverriddenMethod is { } parent)
        {
            root = parent;
        }

        // What ends an object is its owner's.
        return root.ContainingType.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType
            || (method.Parameters.Length == 0 && method.Name is "Dispose" or "DisposeAsync");
    }

    private static string? Unfit(INamedTypeSymbol type, Compilation compilation) =>
        type.IsStatic ? "static"
        : type.IsAbstract ? "abstract"
        : type.IsGenericType ? "generic"
        : type.Inaccessible(compilation) is not null ? "private, or local to its file"
        : null;

    private static string? Unfit(IMethodSymbol method, Compilation compilation) =>
        method.IsAbstract ? "abstract"
        : method.ExplicitInterfaceImplementations.Length > 0 ? "a method of an interface alone"
        : !compilation.IsSymbolAccessibleWithin(method, compilation.Assembly) ? method.DeclaredAccessibility == Accessibility.Private ? "private" : "protected"
        : null;

    private static EquatableArray<ServiceModel>? Constructor(INamedTypeSymbol type, Compilation compilation) =>
        Constructors(type, compilation) is { Count: 1 } constructors
            ? constructors[0].Parameters.Select(static parameter => new ServiceModel(
                CSharpText.Of(parameter.Type),
                parameter.HasExplicitDefaultValue || parameter.NullableAnnotation == NullableAnnotation.Annotated)).ToEquatableArray()
            : null;

    private static List<IMethodSymbol> Constructors(INamedTypeSymbol type, Compilation compilation)
    {
        var all = type.InstanceConstructors.Where(constructor => compilation.IsSymbolAccessibleWithin(constructor, compilation.Assembly) && !IsCopy(constructor)).ToList();
        var open = all.Where(static constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToList();
        return open.Count > 0 ? open : all;
    }

    private static bool IsCopy(IMethodSymbol constructor) =>
        constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType);
}
