using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>What kind of thing a type is to JSON.</summary>
internal enum JsonKind
{
    /// <summary>A text, a number, a flag, or anything else that one converter of System.Text.Json handles.</summary>
    Value,

    /// <summary>Bytes or a stream, which travel beside the JSON.</summary>
    Body,

    Enum,

    /// <summary>A nullable value type.</summary>
    Nullable,

    /// <summary>An array, a list, a set.</summary>
    Collection,

    Dictionary,

    /// <summary>A value tuple: an object whose members are fields.</summary>
    Tuple,

    Object,

    /// <summary>A type with a converter of its own.</summary>
    Converted,

    /// <summary>A parameter of a generic type, inside of its declaration.</summary>
    TypeParameter,

    Unsupported,
}

/// <summary>A type, sorted out.</summary>
/// <param name="Converter">Of a value: the property of <c>JsonMetadataServices</c> or the expression that has its converter.</param>
/// <param name="TypeScript">Of a value: how TypeScript writes it.</param>
/// <param name="Element">Of a collection, a dictionary or a nullable: what is in it.</param>
/// <param name="Key">Of a dictionary: its keys.</param>
/// <param name="Method">Of a collection: the method of <c>JsonMetadataServices</c>.</param>
/// <param name="Range">Of an immutable collection: the method that makes it of its elements.</param>
/// <param name="Problem">Why it is not supported.</param>
internal sealed record TypeSort(
    JsonKind Kind,
    string? Converter = null,
    string? TypeScript = null,
    ITypeSymbol? Element = null,
    ITypeSymbol? Key = null,
    string? Method = null,
    string? Range = null,
    TypeProblem? Problem = null);

/// <summary>Sorts types by what JSON and TypeScript make of them.</summary>
internal static class TypeKinds
{
    private const string Services = "JsonMeta.";
    private const string Immutable = "global::System.Collections.Immutable.";

    public static TypeSort Sort(ITypeSymbol type)
    {
        switch (type.TypeKind)
        {
            case TypeKind.TypeParameter:
                return new TypeSort(JsonKind.TypeParameter);
            case TypeKind.Dynamic:
                return new TypeSort(JsonKind.Value, Services + "ObjectConverter", "unknown");
            case TypeKind.Pointer:
            case TypeKind.FunctionPointer:
                return Unsupported(type, "a pointer means nothing in another process", "Pass a number or bytes.");
            case TypeKind.Delegate:
                return Unsupported(type, "code does not cross the bridge", "Map a command that the page calls, or take an IProgress<T> parameter.");
            case TypeKind.Array:
                return Array((IArrayTypeSymbol)type);
            case TypeKind.Enum:
                return Attributes.Converter(type) is null || Attributes.IsStringEnumConverter(Attributes.Converter(type)!)
                    ? new TypeSort(JsonKind.Enum)
                    : new TypeSort(JsonKind.Converted);
        }

        if (type is not INamedTypeSymbol named)
        {
            return Unknown(type, "it is not a type that JSON has a form for", "Use a record.");
        }

        return Special(named) ?? ByName(named) ?? ByShape(named);
    }

    /// <summary>The text and the numbers by which a dictionary can be keyed.</summary>
    public static bool IsKey(ITypeSymbol type, TypeSort sort) => sort.Kind switch
    {
        JsonKind.Enum or JsonKind.TypeParameter or JsonKind.Converted => true,
        JsonKind.Value => type.SpecialType is not (SpecialType.None or SpecialType.System_Object)
            || FullName(type) is "System.Guid" or "System.DateTimeOffset" or "System.DateOnly" or "System.TimeOnly" or "System.TimeSpan" or "System.Uri" or "System.Version" or "System.Half",
        _ => false,
    };

    /// <summary>Namespace and metadata name, without the types around it.</summary>
    public static string FullName(ITypeSymbol type)
    {
        var name = type.MetadataName;
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            name = space.Name + "." + name;
        }

        return name;
    }

    private static TypeSort? Special(INamedTypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => Value("Boolean", "boolean"),
        SpecialType.System_Char => Value("Char", "string"),
        SpecialType.System_String => Value("String", "string"),
        SpecialType.System_SByte => Value("SByte", "number"),
        SpecialType.System_Byte => Value("Byte", "number"),
        SpecialType.System_Int16 => Value("Int16", "number"),
        SpecialType.System_UInt16 => Value("UInt16", "number"),
        SpecialType.System_Int32 => Value("Int32", "number"),
        SpecialType.System_UInt32 => Value("UInt32", "number"),
        SpecialType.System_Int64 => Value("Int64", "number"),
        SpecialType.System_UInt64 => Value("UInt64", "number"),
        SpecialType.System_Single => Value("Single", "number"),
        SpecialType.System_Double => Value("Double", "number"),
        SpecialType.System_Decimal => Value("Decimal", "number"),
        SpecialType.System_DateTime => Value("DateTime", "string"),
        SpecialType.System_Object => Value("Object", "unknown"),
        SpecialType.System_Void => Unsupported(type, "it is no value", "Leave the result out."),
        SpecialType.System_IntPtr or SpecialType.System_UIntPtr => Unsupported(type, "a pointer means nothing in another process", "Use long or ulong."),
        _ when type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T => new TypeSort(JsonKind.Nullable, Element: type.TypeArguments[0]),
        _ when type.IsUnboundGenericType => OpenGeneric(type),
        _ => null,
    };

    private static TypeSort? ByName(INamedTypeSymbol type)
    {
        if (type.ContainingType is not null || type.ContainingNamespace is not { IsGlobalNamespace: false } space
            || (space.Name != "System" && !FullName(type).StartsWith("System.", StringComparison.Ordinal)))
        {
            return null;
        }

        var one = type.Arity > 0 ? type.TypeArguments[0] : null;
        var two = type.Arity > 1 ? type.TypeArguments[1] : null;
        switch (FullName(type.OriginalDefinition))
        {
            case "System.Guid":
                return Value("Guid", "string");
            case "System.Uri":
                return Value("Uri", "string");
            case "System.Version":
                return Value("Version", "string");
            case "System.DateTimeOffset":
                return Value("DateTimeOffset", "string");
            case "System.DateOnly":
                return Value("DateOnly", "string");
            case "System.TimeOnly":
                return Value("TimeOnly", "string");
            case "System.TimeSpan":
                return Value("TimeSpan", "string");
            case "System.Half":
                return Value("Half", "number");
            case "System.Text.Json.JsonElement":
                return Value("JsonElement", "unknown");
            case "System.Text.Json.JsonDocument":
                return Value("JsonDocument", "unknown");
            case "System.Text.Json.Nodes.JsonNode":
                return Value("JsonNode", "unknown");
            case "System.Text.Json.Nodes.JsonValue":
                return Value("JsonValue", "unknown");
            case "System.Text.Json.Nodes.JsonObject":
                return Value("JsonObject", "Record<string, unknown>");
            case "System.Text.Json.Nodes.JsonArray":
                return Value("JsonArray", "unknown[]");
            case "System.IO.Stream":
                return Body("Stream", "ReadableStream<Uint8Array>");
            case "System.IO.Pipelines.PipeReader":
                return Body("PipeReader", "ReadableStream<Uint8Array>");
            case "System.Memory`1" when one!.SpecialType == SpecialType.System_Byte:
                return Body("Memory", "Uint8Array");
            case "System.ReadOnlyMemory`1" when one!.SpecialType == SpecialType.System_Byte:
                return Body("ReadOnlyMemory", "Uint8Array");
            case "System.Memory`1":
                return new TypeSort(JsonKind.Collection, Element: one, Method: "Memory");
            case "System.ReadOnlyMemory`1":
                return new TypeSort(JsonKind.Collection, Element: one, Method: "ReadOnlyMemory");
            case "System.Span`1" or "System.ReadOnlySpan`1":
                return Unsupported(type, "it is a ref struct, which cannot outlive its call", "Use an array or Memory<T>.");
            case "System.Collections.Generic.KeyValuePair`2":
                return new TypeSort(JsonKind.Object);
            case "System.Collections.Generic.IAsyncEnumerable`1" or "System.Threading.Channels.ChannelReader`1":
                return new TypeSort(JsonKind.Unsupported, Problem: new TypeProblem(TypeDiagnostics.NestedStream, null, CSharpText.Readable(type)));
            case "System.Collections.Generic.IReadOnlySet`1":
                return Unknown(type, "System.Text.Json does not read it", "Use ISet<T>, HashSet<T> or IReadOnlyCollection<T>.");
            case "System.Collections.Immutable.ImmutableArray`1":
                return ImmutableOf("ImmutableArray", one!);
            case "System.Collections.Immutable.ImmutableList`1" or "System.Collections.Immutable.IImmutableList`1":
                return ImmutableOf("ImmutableList", one!);
            case "System.Collections.Immutable.ImmutableHashSet`1" or "System.Collections.Immutable.IImmutableSet`1":
                return ImmutableOf("ImmutableHashSet", one!);
            case "System.Collections.Immutable.ImmutableSortedSet`1":
                return ImmutableOf("ImmutableSortedSet", one!);
            case "System.Collections.Immutable.ImmutableStack`1" or "System.Collections.Immutable.IImmutableStack`1":
                return ImmutableOf("ImmutableStack", one!);
            case "System.Collections.Immutable.ImmutableQueue`1" or "System.Collections.Immutable.IImmutableQueue`1":
                return ImmutableOf("ImmutableQueue", one!);
            case "System.Collections.Immutable.ImmutableDictionary`2" or "System.Collections.Immutable.IImmutableDictionary`2":
                return ImmutableOf("ImmutableDictionary", two!, one);
            case "System.Collections.Immutable.ImmutableSortedDictionary`2":
                return ImmutableOf("ImmutableSortedDictionary", two!, one);
        }

        if (type.IsTupleType || type.OriginalDefinition.MetadataName.StartsWith("ValueTuple`", StringComparison.Ordinal))
        {
            return type.TypeArguments.Length < 8
                ? new TypeSort(JsonKind.Tuple)
                : Unknown(type, "a tuple of more than seven values is nested in a way that JSON has no form for", "Use a record.");
        }

        return type.OriginalDefinition.MetadataName.StartsWith("Tuple`", StringComparison.Ordinal) && type.TypeArguments.Length < 8
            ? new TypeSort(JsonKind.Object)
            : null;
    }

    private static TypeSort ByShape(INamedTypeSymbol type)
    {
        if (type.IsRefLikeType)
        {
            return Unsupported(type, "it is a ref struct, which cannot outlive its call", "Use a record struct, an array or Memory<T>.");
        }

        if (Attributes.Converter(type) is not null)
        {
            return new TypeSort(JsonKind.Converted);
        }

        if (Inherits(type, "System.IO.Stream") || Inherits(type, "System.IO.Pipelines.PipeReader"))
        {
            return Unsupported(type, "a stream that arrives is not of that type", "Use Stream or PipeReader.");
        }

        if (Interface(type, "System.Collections.Generic.IAsyncEnumerable`1") is not null || Inherits(type, "System.Threading.Channels.ChannelReader`1"))
        {
            return new TypeSort(JsonKind.Unsupported, Problem: new TypeProblem(TypeDiagnostics.NestedStream, null, CSharpText.Readable(type)));
        }

        if (Inherits(type, "System.Linq.Expressions.Expression") || Inherits(type, "System.Reflection.MemberInfo"))
        {
            return Unsupported(type, "it describes code, which does not cross the bridge", "Pass a name, and look up what it means.");
        }

        if (Collection(type) is { } collection)
        {
            return collection;
        }

        var isPolymorphic = Attributes.DerivedTypes(type).Count > 0;
        if (type.TypeKind == TypeKind.Interface && !isPolymorphic)
        {
            return new TypeSort(JsonKind.Unsupported, Problem: new TypeProblem(TypeDiagnostics.NoDerivedTypes, null, CSharpText.Readable(type), "an interface"));
        }

        if (type.IsAbstract && !isPolymorphic && type.TypeKind == TypeKind.Class)
        {
            return new TypeSort(JsonKind.Unsupported, Problem: new TypeProblem(TypeDiagnostics.NoDerivedTypes, null, CSharpText.Readable(type), "an abstract class"));
        }

        if (FullName(type).StartsWith("System.", StringComparison.Ordinal) && !type.Locations.Any(location => location.IsInSource))
        {
            return Unknown(type, "the framework has no JSON form for it", "Use a record that holds what the page needs.");
        }

        return type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface
            ? new TypeSort(JsonKind.Object)
            : Unknown(type, "it is not a type that JSON has a form for", "Use a record.");
    }

    // In the order in which System.Text.Json asks, because a type can be several.
    private static TypeSort? Collection(INamedTypeSymbol type)
    {
        if (Base(type, "System.Collections.Generic.List`1") is { } list)
        {
            return Items("List", list);
        }

        if (Base(type, "System.Collections.Generic.Dictionary`2") is { } dictionary)
        {
            return Pairs("Dictionary", dictionary);
        }

        if (Interface(type, "System.Collections.Generic.IDictionary`2") is { } idictionary)
        {
            return Pairs("IDictionary", idictionary);
        }

        if (Interface(type, "System.Collections.Generic.IReadOnlyDictionary`2") is { } readOnlyDictionary)
        {
            return Pairs("IReadOnlyDictionary", readOnlyDictionary);
        }

        if (Interface(type, "System.Collections.Generic.IList`1") is { } ilist)
        {
            return Items("IList", ilist);
        }

        if (Interface(type, "System.Collections.Generic.ISet`1") is { } set)
        {
            return Items("ISet", set);
        }

        if (Interface(type, "System.Collections.Generic.ICollection`1") is { } collection)
        {
            return Items("ICollection", collection);
        }

        foreach (var (name, method) in s_classes)
        {
            if (Base(type, name) is { } found)
            {
                return Items(method, found);
            }
        }

        if (Interface(type, "System.Collections.Generic.IEnumerable`1") is { } enumerable)
        {
            return Items("IEnumerable", enumerable);
        }

        return Interface(type, "System.Collections.IEnumerable") is null
            ? null
            : Unknown(type, "what is in it has no type", "Use a generic collection such as List<T>.");
    }

    private static readonly (string Name, string Method)[] s_classes =
    [
        ("System.Collections.Generic.Stack`1", "Stack"),
        ("System.Collections.Generic.Queue`1", "Queue"),
        ("System.Collections.Concurrent.ConcurrentStack`1", "ConcurrentStack"),
        ("System.Collections.Concurrent.ConcurrentQueue`1", "ConcurrentQueue"),
    ];

    private static TypeSort Array(IArrayTypeSymbol array)
    {
        if (array.Rank != 1)
        {
            return new TypeSort(JsonKind.Unsupported, Problem: new TypeProblem(TypeDiagnostics.MultiDimensionalArray, null, CSharpText.Readable(array)));
        }

        return array.ElementType.SpecialType == SpecialType.System_Byte
            ? Body("Bytes", "Uint8Array")
            : new TypeSort(JsonKind.Collection, Element: array.ElementType, Method: "Array");
    }

    private static TypeSort Value(string converter, string typeScript) => new(JsonKind.Value, Services + converter + "Converter", typeScript);

    private static TypeSort Body(string converter, string typeScript) => new(JsonKind.Body, "global::Oriel.BodyJson." + converter, typeScript);

    private static TypeSort Items(string method, INamedTypeSymbol type) => new(JsonKind.Collection, Element: type.TypeArguments[0], Method: method);

    private static TypeSort Pairs(string method, INamedTypeSymbol type) =>
        new(JsonKind.Dictionary, Element: type.TypeArguments[1], Key: type.TypeArguments[0], Method: method);

    private static TypeSort ImmutableOf(string name, ITypeSymbol element, ITypeSymbol? key = null) => new(
        key is null ? JsonKind.Collection : JsonKind.Dictionary,
        Element: element,
        Key: key,
        Method: key is null ? "ImmutableEnumerable" : "ImmutableDictionary",
        Range: Immutable + name + ".CreateRange");

    public static TypeSort OpenGeneric(ITypeSymbol type) =>
        new(JsonKind.Unsupported, Problem: new TypeProblem(TypeDiagnostics.OpenGeneric, null, CSharpText.Readable(type)));

    public static TypeSort Unsupported(ITypeSymbol type, string why, string instead) =>
        new(JsonKind.Unsupported, Problem: new TypeProblem(TypeDiagnostics.Unsupported, null, CSharpText.Readable(type), why, instead));

    // System.Text.Json may know what Oriel's generator does not.
    private static TypeSort Unknown(ITypeSymbol type, string why, string instead)
    {
        var name = CSharpText.Readable(type);
        return new TypeSort(
            JsonKind.Unsupported,
            Problem: new TypeProblem(TypeDiagnostics.Unsupported, null, name, why, instead + " " + string.Format(System.Globalization.CultureInfo.InvariantCulture, TypeDiagnostics.OwnContext, name)));
    }

    private static bool Inherits(INamedTypeSymbol type, string name) => Base(type, name) is not null;

    private static INamedTypeSymbol? Base(INamedTypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Is(current, name))
            {
                return current;
            }
        }

        return null;
    }

    private static INamedTypeSymbol? Interface(INamedTypeSymbol type, string name) =>
        Is(type, name) ? type : type.AllInterfaces.FirstOrDefault(candidate => Is(candidate, name));

    private static bool Is(INamedTypeSymbol type, string name) =>
        name.EndsWith(type.MetadataName, StringComparison.Ordinal) && FullName(type.OriginalDefinition) == name;
}
