using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>What is known of the types of a compilation, found out once for each.</summary>
internal sealed partial class TypeAnalysis
{
    // A generic type whose members are ever larger forms of itself has no end.
    private const int MaxNesting = 16;

    // Types that hold each other in a long row are gone through one behind the other, not one inside of the other.
    private const int MaxDepth = 64;

    private static readonly ConditionalWeakTable<Compilation, TypeAnalysis> s_all = new();

    private readonly object _gate = new();
    private readonly Compilation _compilation;
    private readonly Dictionary<ITypeSymbol, TypeNode> _nodes = new(SymbolEqualityComparer.Default);

    // Of types that a context of the application covers, and of what these hold: what is wrong with them is that context's.
    private readonly Dictionary<ITypeSymbol, TypeNode> _covered = new(SymbolEqualityComparer.Default);

    // What is in a collection may be null in one place and not in another.
    private readonly Dictionary<ITypeSymbol, TypeSort> _sorts = new(SymbolEqualityComparer.IncludeNullability);
    private readonly Dictionary<ITypeSymbol, TypeDeclaration> _declarations = new(SymbolEqualityComparer.Default);
    private HashSet<ITypeSymbol>? _contextTypes;
    private TypeMemory? _memory;
    private readonly Queue<(TypeNode Node, ITypeSymbol Type, bool IsCovered)> _pending = new();
    private int _depth;
    private bool _leaves;

    private TypeAnalysis(Compilation compilation) => _compilation = compilation;

    public static TypeAnalysis Of(Compilation compilation) => s_all.GetValue(compilation, static compilation => new TypeAnalysis(compilation));

    /// <summary>Whether null is a value of a type as it is written: code without nullable annotations does not say no.</summary>
    public static bool IsNullable(ITypeSymbol type) => type.IsValueType
        ? type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        : type.NullableAnnotation != NullableAnnotation.NotAnnotated;

    /// <summary>What is remembered of compilations before this one.</summary>
    public TypeMemory Memory(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _memory ??= TypeMemory.Of(_compilation, cancellationToken);
        }
    }

    /// <summary>The graph of a type.</summary>
    public TypeNode Visit(ITypeSymbol type, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _contextTypes ??= JsonContexts.Types(_compilation, cancellationToken);
            var isWhole = false;
            try
            {
                var node = VisitAll(type, cancellationToken);
                isWhole = true;
                return node;
            }
            finally
            {
                if (!isWhole)
                {
                    // Half a node must not be found by the next who asks, nor what already refers to it.
                    _nodes.Clear();
                    _covered.Clear();
                    _pending.Clear();
                    _depth = 0;
                }
            }
        }
    }

    private TypeNode VisitAll(ITypeSymbol type, CancellationToken cancellationToken)
    {
        var node = Visit(type, isCovered: false, cancellationToken);
        while (_pending.Count > 0)
        {
            var (next, nextType, isCovered) = _pending.Dequeue();
            Complete(next, nextType, isCovered, cancellationToken);
        }

        if (_leaves)
        {
            LeaveHolders();
        }

        // What memoises what it holds does so under the lock.
        _ = node.HoldsBodies;
        _ = node.HasProblems;
        return node;
    }

    /// <summary>How TypeScript writes a type, <c>| null</c> included.</summary>
    public string TypeScript(ITypeSymbol type)
    {
        lock (_gate)
        {
            return Render(type, IsNullable(type));
        }
    }

    /// <summary>Whether a type is an interface that holds no data.</summary>
    public bool IsService(ITypeSymbol type)
    {
        lock (_gate)
        {
            return type.TypeKind == TypeKind.Interface && Sort(type) is { Kind: JsonKind.Unsupported, Problem.Descriptor.Id: "ORIEL105" };
        }
    }

    private TypeSort Sort(ITypeSymbol type)
    {
        if (!_sorts.TryGetValue(type, out var sort))
        {
            _sorts[type] = sort = TypeKinds.Sort(type);
        }

        return sort;
    }

    private TypeNode Visit(ITypeSymbol type, bool isCovered, CancellationToken cancellationToken)
    {
        isCovered = isCovered || _contextTypes!.Contains(type);
        var nodes = isCovered ? _covered : _nodes;
        if (nodes.TryGetValue(type, out var known))
        {
            return known;
        }

        var node = nodes[type] = new TypeNode();
        if (_depth < MaxDepth)
        {
            Complete(node, type, isCovered, cancellationToken);
        }
        else
        {
            _pending.Enqueue((node, type, isCovered));
        }

        return node;
    }

    private void Complete(TypeNode node, ITypeSymbol type, bool isCovered, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _depth++;
        Fill(node, type, isCovered, cancellationToken);
        _depth--;
        if (isCovered && node.Problems.Count > 0)
        {
            if (node.Problems.Any(static problem => problem.Descriptor.DefaultSeverity == DiagnosticSeverity.Error))
            {
                Leave(node);
            }

            node.Problems.Clear();
        }
    }

    // To its context. What can be written is: a context may be for something else, and is not always given to the bridge.
    private void Leave(TypeNode node)
    {
        _leaves = true;
        node.IsLeft = true;
        node.Problems.Clear();
        node.Shape = node.Shape is { Declaration: not null } shape ? shape with { Json = null } : null;
    }

    // What holds something that only a context can write is left to the context, too.
    private void LeaveHolders()
    {
        var holders = _covered.Values.SelectMany(static node => node.Parts, static (holder, part) => (holder, part)).ToLookup(static each => each.part, static each => each.holder);
        var left = new Queue<TypeNode>(_covered.Values.Where(static node => node.IsLeft));
        while (left.Count > 0)
        {
            foreach (var holder in holders[left.Dequeue()].Where(static holder => !holder.IsLeft))
            {
                Leave(holder);
                left.Enqueue(holder);
            }
        }
    }

    private void Fill(TypeNode node, ITypeSymbol type, bool isCovered, CancellationToken cancellationToken)
    {
        var sort = Sort(type);
        if (Nesting(type, 0) > MaxNesting)
        {
            sort = TypeKinds.Unsupported(type, "its members are ever larger forms of a generic type, without end", "Use a type that is not generic.");
        }
        else if (sort.Kind == JsonKind.TypeParameter)
        {
            sort = TypeKinds.OpenGeneric(type);
        }

        if (sort.Problem is { } problem)
        {
            node.Problems.Add(problem);
            return;
        }

        if (type.Inaccessible(_compilation) is { } hidden and not ITypeParameterSymbol)
        {
            // A type argument is one that nothing else may hold.
            node.Problems.Add(new TypeProblem(TypeDiagnostics.Inaccessible, null, CSharpText.Readable(hidden), Inaccessible(hidden) ?? "it is private"));
            return;
        }

        var csharp = CSharpText.Of(type);
        switch (sort.Kind)
        {
            case JsonKind.Value:
                node.Shape = new TypeShape(csharp, new JsonValueShape(sort.Converter!), null);
                break;
            case JsonKind.Body:
                node.IsBody = true;
                node.Shape = new TypeShape(csharp, new JsonValueShape(sort.Converter!), null);
                break;
            case JsonKind.Enum:
                node.Shape = new TypeShape(csharp, new JsonValueShape(EnumConverter(type, csharp)), Declare((INamedTypeSymbol)type, cancellationToken));
                break;
            case JsonKind.Nullable:
                Part(sort.Element!);
                node.Shape = new TypeShape(csharp, new JsonValueShape($"JsonMeta.GetNullableConverter<{CSharpText.Of(sort.Element!)}>(options)"), null);
                break;
            case JsonKind.Converted:
                node.Shape = new TypeShape(csharp, Converted(node, type, csharp), Declare((INamedTypeSymbol)type, cancellationToken));
                break;
            case JsonKind.Collection:
            case JsonKind.Dictionary:
                node.Shape = new TypeShape(csharp, Collection(node, type, csharp, sort), null);
                Part(sort.Element!);
                if (sort.Key is { } key)
                {
                    Part(key);
                }

                break;
            default:
                var named = (INamedTypeSymbol)type;
                var json = Object(node, named, csharp, Part);
                node.Shape = new TypeShape(csharp, json, IsInline(named) ? null : Declare(named, cancellationToken));
                break;
        }

        void Part(ITypeSymbol part) => node.Parts.Add(Visit(part, isCovered, cancellationToken));
    }

    private static int Nesting(ITypeSymbol type, int depth) => type switch
    {
        _ when depth > MaxNesting => depth,
        IArrayTypeSymbol array => Nesting(array.ElementType, depth + 1),
        INamedTypeSymbol { IsGenericType: true } named => CSharpText.TypeArguments(named).Select(argument => Nesting(argument, depth + 1)).DefaultIfEmpty(depth).Max(),
        _ => depth,
    };

    private string? Inaccessible(ITypeSymbol type)
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.ContainingType)
        {
            if (current.IsAnonymousType)
            {
                return "it has no name";
            }

            if (current.IsFileLocal)
            {
                return "it is local to its file";
            }

            if (!_compilation.IsSymbolAccessibleWithin(current, _compilation.Assembly))
            {
                return SymbolEqualityComparer.Default.Equals(current, type) ? "it is private" : $"'{current.Name}' around it is private";
            }
        }

        return null;
    }

    private static string EnumConverter(ITypeSymbol type, string csharp)
    {
        // The converter that is not generic needs reflection; the generic one writes the same.
        if (Attributes.Converter(type) is { } converter)
        {
            return converter.IsGenericType
                ? $"Expand(typeof({csharp}), new {CSharpText.Of(converter)}(), options)"
                : $"Expand(typeof({csharp}), new global::System.Text.Json.Serialization.JsonStringEnumConverter<{csharp}>(), options)";
        }

        return Attributes.IsFlags(type)
            ? $"JsonMeta.GetEnumConverter<{csharp}>(options)"
            : $"Expand(typeof({csharp}), new global::System.Text.Json.Serialization.JsonStringEnumConverter<{csharp}>(JsonNamingPolicy.CamelCase, false), options)";
    }

    private JsonValueShape? Converted(TypeNode node, ITypeSymbol type, string csharp)
    {
        var converter = Attributes.Converter(type)!;
        if (ConverterProblem(converter) is { } problem)
        {
            node.Problems.Add(new TypeProblem(TypeDiagnostics.Converter, null, CSharpText.Readable(type), CSharpText.Readable(converter), problem));
            return null;
        }

        return new JsonValueShape($"Expand(typeof({csharp}), new {CSharpText.Of(converter)}(), options)");
    }

    private string? ConverterProblem(INamedTypeSymbol converter)
    {
        if (converter.IsUnboundGenericType)
        {
            return "it is an open generic type";
        }

        if (converter.Name.EndsWith("Attribute", StringComparison.Ordinal) && !InheritsConverter(converter))
        {
            return "it is made by an attribute when the program runs";
        }

        if (Inaccessible(converter) is { } why)
        {
            return why;
        }

        return converter.IsAbstract || !converter.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && _compilation.IsSymbolAccessibleWithin(constructor, _compilation.Assembly))
            ? "it has no constructor without parameters"
            : null;
    }

    private static bool InheritsConverter(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name == "JsonConverter")
            {
                return true;
            }
        }

        return false;
    }

    private JsonCollectionShape? Collection(TypeNode node, ITypeSymbol type, string csharp, TypeSort sort)
    {
        var element = CSharpText.Of(sort.Element!);
        if (sort.Key is { } key && !TypeKinds.IsKey(key, Sort(key)))
        {
            node.Problems.Add(new TypeProblem(TypeDiagnostics.DictionaryKey, null, CSharpText.Readable(type), CSharpText.Readable(key)));
            return null;
        }

        if (sort.Method is "Array" or "Memory" or "ReadOnlyMemory")
        {
            return new JsonCollectionShape($"Create{sort.Method}Info<{element}>", csharp, null, null);
        }

        var arguments = sort.Key is null ? element : CSharpText.Of(sort.Key) + ", " + element;
        if (sort.Range is not null)
        {
            return new JsonCollectionShape($"Create{sort.Method}Info<{csharp}, {arguments}>", csharp, null, $"{sort.Range}<{arguments}>");
        }

        var named = (INamedTypeSymbol)type;
        var canCreate = type.TypeKind == TypeKind.Struct
            || (!type.IsAbstract && named.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility == Accessibility.Public));
        if (!canCreate && type.TypeKind != TypeKind.Interface)
        {
            node.Problems.Add(new TypeProblem(TypeDiagnostics.NoConstructor, null, CSharpText.Readable(type), "it has no public constructor without parameters", "Use List<T>, an array or an immutable collection."));
        }

        return new JsonCollectionShape($"Create{sort.Method}Info<{csharp}, {arguments}>", csharp, canCreate ? $"new {csharp}()" : null, null);
    }
}
