namespace Oriel.Build;

/// <summary>Writes types, with the names that they have in one file.</summary>
internal sealed class TypePrinter
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "any", "bigint", "boolean", "never", "null", "number", "object", "string", "undefined", "unknown", "void",
    };

    // The platform's types, and how many type arguments each has.
    private static readonly Dictionary<string, int> Platform = new(StringComparer.Ordinal)
    {
        ["Array"] = 1,
        ["ArrayBuffer"] = 0,
        ["AsyncIterable"] = 1,
        ["Blob"] = 0,
        ["Date"] = 0,
        ["Iterable"] = 1,
        ["Map"] = 2,
        ["Partial"] = 1,
        ["Promise"] = 1,
        ["ReadableStream"] = 1,
        ["ReadonlyArray"] = 1,
        ["Record"] = 2,
        ["Set"] = 1,
        ["Uint8Array"] = 0,
    };

    private readonly Dictionary<string, ManifestType> _types;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _clientNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _usedOfClient = new(StringComparer.Ordinal);

    private readonly string _prefix;

    /// <param name="prefix">What stands before the name of a type of the application or of the client; nothing in the file that declares them.</param>
    public TypePrinter(BridgeManifest manifest, string prefix = "")
    {
        _prefix = prefix;
        _types = manifest.Types.ToDictionary(type => type.Name, StringComparer.Ordinal);

        var names = new ScriptNames("oriel", "globalThis");
        var values = Values;
        if (manifest.Events.Count > 0)
        {
            values.Take("events");
        }

        if (manifest.States.Count > 0)
        {
            values.Take("states");
        }

        foreach (var type in manifest.Types)
        {
            var isValue = type is EnumType { IsNumeric: true };
            var name = names.Free(type.Name, free => !Identifier.IsReservedType(free) && (!isValue || values.IsFree(free)));
            _names.Add(type.Name, name);
            _declared.Add(name);
            if (isValue)
            {
                values.Take(name);
            }
        }

        foreach (var name in ClientTypes.All)
        {
            _clientNames.Add(name, names.Free(name, free => values.IsFree(free)));
        }
    }

    /// <summary>The values that the declaring file has: enumerations of numbers are values as well as types.</summary>
    public ScriptNames Values { get; } = new("oriel", "globalThis");

    /// <summary>Whether a type of the manifest was written.</summary>
    public bool UsesTypes { get; private set; }

    /// <summary>The types of the client that were written: its name, and the name in the file.</summary>
    public IEnumerable<(string Name, string Local)> UsedOfClient => _usedOfClient.Select(name => (name, _clientNames[name]));

    /// <summary>The name of a type of the manifest.</summary>
    public string NameOf(ManifestType type) => _names[type.Name];

    /// <summary>The name of a type of the client.</summary>
    public string OfClient(string name)
    {
        _usedOfClient.Add(name);
        return _prefix + _clientNames[name];
    }

    /// <summary>The name of a type of the platform, also where the manifest has one of that name.</summary>
    public string OfPlatform(string name) => _prefix.Length == 0 && _declared.Contains(name) ? "globalThis." + name : name;

    /// <summary>The type as text.</summary>
    /// <param name="where">What it is the type of, for an error.</param>
    /// <param name="parameters">The type parameters that can be used.</param>
    /// <exception cref="ManifestException">It uses a name that stands for nothing.</exception>
    public string Print(TypeExpression type, string where, IReadOnlyList<string>? parameters = null)
    {
        return type switch
        {
            NamedType named => Named(named, where, parameters ?? []),
            LiteralType literal => literal.Literal.ToString(),
            ArrayType array => Part(array.Item) + "[]",
            ReadOnlyType readOnly => "readonly " + Part(readOnly.Type),
            CompoundType compound => string.Join($" {compound.Operator} ", compound.Parts.Select(Part)),
            TupleType tuple => $"[{string.Join(", ", tuple.Items.Select(Whole))}]",
            InlineType inline => Inline(inline, Whole),
            _ => throw new InvalidOperationException(type.GetType().Name),
        };

        string Whole(TypeExpression part) => Print(part, where, parameters);

        string Part(TypeExpression part) => part.IsCompound ? $"({Whole(part)})" : Whole(part);
    }

    /// <summary>An object as text, on one line.</summary>
    public string Object(IReadOnlyList<ManifestMember> members, string where) => Inline(new InlineType(members, null, null, null), type => Print(type, where));

    private static string Inline(InlineType type, Func<TypeExpression, string> print)
    {
        List<string> members = [];
        foreach (var member in type.Members)
        {
            members.Add(Member(member, print(member.Type)));
        }

        if (type is { IndexKey: { } key, IndexValue: { } value })
        {
            members.Add($"[{type.IndexName}: {print(key)}]: {print(value)}");
        }

        return members.Count == 0 ? "{}" : $"{{ {string.Join("; ", members)} }}";
    }

    /// <summary>A member of an object, without what ends it.</summary>
    public static string Member(ManifestMember member, string type) =>
        $"{(member.IsReadOnly ? "readonly " : "")}{ScriptText.Property(member.Name)}{(member.IsOptional ? "?" : "")}: {type}";

    private string Named(NamedType type, string where, IReadOnlyList<string> parameters)
    {
        var count = type.Arguments.Count;
        if (count == 0 && (Keywords.Contains(type.Name) || parameters.Contains(type.Name)))
        {
            return type.Name;
        }

        var name = Resolve(type.Name, count, where);
        return count == 0 ? name : $"{name}<{string.Join(", ", type.Arguments.Select(argument => Print(argument, where, parameters)))}>";
    }

    private string Resolve(string name, int arguments, string where)
    {
        var known = _types.TryGetValue(name, out var type);
        if (known && type!.TypeParameters.Count == arguments)
        {
            UsesTypes = true;
            return _prefix + _names[name];
        }

        // C# may have a type of that name: how many arguments there are tells which is meant.
        if (Platform.TryGetValue(name, out var expected) && expected == arguments)
        {
            return OfPlatform(name);
        }

        if (name == ClientTypes.BinarySource && arguments == 0)
        {
            return OfClient(name);
        }

        throw new ManifestException(known || Platform.ContainsKey(name)
            ? $"{where} uses the type {name} with {arguments} type arguments; it has {(known ? type!.TypeParameters.Count : expected)}"
            : $"{where} uses the type {name}, which the manifest does not describe");
    }
}
