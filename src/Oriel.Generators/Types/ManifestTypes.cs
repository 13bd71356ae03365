using System.Globalization;
using System.Text;

namespace Oriel.Generators;

/// <summary>Writes the types of the manifest, and gives them their names.</summary>
internal static class ManifestTypes
{
    // What TypeScript, the browser and the client have under these names would be hidden by a type of the application.
    private static readonly HashSet<string> s_taken = new(StringComparer.Ordinal)
    {
        "AbortSignal", "Array", "ArrayBuffer", "AsyncIterable", "BinarySource", "Blob", "Boolean", "BridgeState", "Date", "Error", "Event", "File", "Function",
        "InvokeOptions", "Map", "Number", "Object", "OrielError", "Partial", "Promise", "ReadableStream", "Record", "Set", "String", "Symbol", "StreamOptions",
        "Uint8Array", "any", "await", "bigint", "boolean", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do",
        "else", "enum", "export", "extends", "false", "finally", "for", "function", "if", "import", "in", "instanceof", "interface", "let", "never", "new",
        "null", "number", "object", "package", "return", "static", "string", "super", "switch", "symbol", "this", "throw", "true", "try", "type", "typeof",
        "undefined", "unknown", "var", "void", "while", "with", "yield",
    };

    /// <summary>Writes the value of <c>"types"</c>: an array, sorted by name.</summary>
    public static void Write(StringBuilder json, IEnumerable<TypeShape> shapes)
    {
        var declarations = Declarations(shapes);
        var names = Names(declarations);
        json.Append('[');
        var isFirst = true;
        foreach (var declaration in declarations.OrderBy(declaration => names[declaration.Id], StringComparer.Ordinal))
        {
            json.Append(isFirst ? "" : ",");
            isFirst = false;
            Write(json, declaration, names);
        }

        json.Append(']');
    }

    /// <summary>What puts the names of types where a type expression refers to them.</summary>
    public static Func<string, string> Namer(IEnumerable<TypeShape> shapes)
    {
        var names = Names(Declarations(shapes));
        return expression => Resolve(expression, names);
    }

    private static List<TypeDeclaration> Declarations(IEnumerable<TypeShape> shapes)
    {
        var all = new Dictionary<string, TypeDeclaration>(StringComparer.Ordinal);
        foreach (var shape in shapes)
        {
            if (shape.Declaration is { } declaration && !all.ContainsKey(declaration.Id))
            {
                all.Add(declaration.Id, declaration);
                if (declaration is UnionDeclaration { Base: { } own })
                {
                    all.Add(own.Id, own);
                }
            }
        }

        return [.. all.Values];
    }

    // A name that several types have, or that is taken, gets the last part of the namespace, or the type around it, in front; what is then
    // still the same gets all of them. That depends on the types alone, not on their order.
    private static Dictionary<string, string> Names(List<TypeDeclaration> declarations)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var used = new HashSet<string>(s_taken, StringComparer.Ordinal);

        // A type parameter hides a type of its name.
        used.UnionWith(declarations.SelectMany(Parameters));
        var open = declarations;
        foreach (var name in new Func<TypeDeclaration, string>[] { static declaration => declaration.Name, Qualified, Full })
        {
            var left = new List<TypeDeclaration>();
            foreach (var group in open.GroupBy(name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                var members = group.ToList();
                if (members.Count == 1 && used.Add(group.Key))
                {
                    names.Add(members[0].Id, group.Key);
                }
                else
                {
                    left.AddRange(members);
                }
            }

            open = left;
        }

        foreach (var declaration in open.OrderBy(declaration => declaration.Id, StringComparer.Ordinal))
        {
            var name = Full(declaration);
            while (!used.Add(name))
            {
                name += "_";
            }

            names.Add(declaration.Id, name);
        }

        return names;
    }

    private static IEnumerable<string> Parameters(TypeDeclaration declaration) => declaration switch
    {
        ObjectDeclaration type => type.TypeParameters,
        UnionDeclaration type => type.TypeParameters,
        _ => [],
    };

    private static string Qualified(TypeDeclaration declaration)
    {
        var parts = Parts(declaration);
        return parts.Length < 2 ? declaration.Name : parts[parts.Length - 2] + declaration.Name;
    }

    private static string Full(TypeDeclaration declaration)
    {
        var parts = Parts(declaration);
        parts[parts.Length - 1] = declaration.Name;
        return string.Join("_", parts) + (declaration.Arity == 0 ? "" : declaration.Arity.ToString(CultureInfo.InvariantCulture));
    }

    private static string[] Parts(TypeDeclaration declaration) => declaration.Id.Split('`')[0].TrimEnd('!').Split('.');

    private static string Resolve(string text, Dictionary<string, string> names)
    {
        var start = text.IndexOf(TypeDeclaration.ReferenceStart, StringComparison.Ordinal);
        if (start < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var done = 0;
        while (start >= 0)
        {
            var end = text.IndexOf(TypeDeclaration.ReferenceEnd, start, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            var id = text.Substring(start + TypeDeclaration.ReferenceStart.Length, end - start - TypeDeclaration.ReferenceStart.Length);
            result.Append(text, done, start - done);

            // A type that has no declaration is one that nothing is known of.
            result.Append(names.TryGetValue(id, out var name) ? name : "unknown");
            done = end + TypeDeclaration.ReferenceEnd.Length;
            start = text.IndexOf(TypeDeclaration.ReferenceStart, done, StringComparison.Ordinal);
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    private static void Write(StringBuilder json, TypeDeclaration declaration, Dictionary<string, string> names)
    {
        json.Append("{\"name\":");
        JsonText.Append(json, names[declaration.Id]);
        switch (declaration)
        {
            case ObjectDeclaration type:
                json.Append(",\"kind\":\"object\"");
                WriteDoc(json, type.Doc);
                WriteParameters(json, type.TypeParameters);
                json.Append(",\"properties\":[");
                WriteAll(json, type.Properties, property => Write(json, property, names));
                json.Append(']');
                if (type.Index is { } index)
                {
                    json.Append(",\"index\":");
                    JsonText.Append(json, Resolve(index, names));
                }

                break;
            case EnumDeclaration { IsFlags: true } type:
                // Any combination of the values is one.
                json.Append(",\"kind\":\"alias\"");
                var sum = "A sum of: " + string.Join(", ", type.Values.Select(value => $"{value.Json} ({value.Name})")) + ".";
                WriteDoc(json, type.Doc.Length == 0 ? sum : type.Doc + "\n\n" + sum);
                json.Append(",\"type\":\"number\"");
                break;
            case EnumDeclaration type:
                json.Append(",\"kind\":\"enum\"");
                WriteDoc(json, type.Doc);
                json.Append(",\"values\":[");
                WriteAll(json, type.Values, value =>
                {
                    json.Append("{\"name\":");
                    JsonText.Append(json, value.Name).Append(",\"value\":");
                    json.Append(type.IsNumeric ? value.Json : JsonText.Quote(value.Json));
                    WriteDoc(json, value.Doc);
                    json.Append('}');
                });
                json.Append(']');
                break;
            case UnionDeclaration type when type.TypeParameters.Count > 0 || type.Cases.Any(item => item.Tag is null):
                json.Append(",\"kind\":\"alias\"");
                WriteDoc(json, type.Doc);
                WriteParameters(json, type.TypeParameters);
                json.Append(",\"type\":");
                var cases = type.Cases.Select(item => item.Tag is null ? item.Type : $"({{ {JsonText.Quote(type.Discriminator)}: {item.Tag} }} & {item.Type})");
                JsonText.Append(json, Resolve(string.Join(" | ", cases), names));
                break;
            case UnionDeclaration type:
                json.Append(",\"kind\":\"union\"");
                WriteDoc(json, type.Doc);
                json.Append(",\"discriminator\":");
                JsonText.Append(json, type.Discriminator).Append(",\"cases\":[");
                WriteAll(json, type.Cases, item =>
                {
                    json.Append(item.Tag is null ? "{" : "{\"tag\":" + item.Tag + ",").Append("\"type\":");
                    JsonText.Append(json, Resolve(item.Type, names)).Append('}');
                });
                json.Append(']');
                break;
            case AliasDeclaration type:
                json.Append(",\"kind\":\"alias\"");
                WriteDoc(json, type.Doc);
                json.Append(",\"type\":");
                JsonText.Append(json, Resolve(type.Type, names));
                break;
        }

        json.Append('}');
    }

    private static void Write(StringBuilder json, PropertyDeclaration property, Dictionary<string, string> names)
    {
        json.Append("{\"name\":");
        JsonText.Append(json, property.Name).Append(",\"type\":");
        JsonText.Append(json, Resolve(property.Type, names));
        json.Append(property.IsOptional ? ",\"optional\":true" : ",\"optional\":false");
        json.Append(property.IsReadOnly ? ",\"readonly\":true" : ",\"readonly\":false");
        WriteDoc(json, property.Doc);
        json.Append('}');
    }

    private static void WriteDoc(StringBuilder json, string doc)
    {
        json.Append(",\"doc\":");
        JsonText.Append(json, doc);
    }

    private static void WriteParameters(StringBuilder json, EquatableArray<string> parameters)
    {
        if (parameters.Count > 0)
        {
            json.Append(",\"typeParameters\":[");
            WriteAll(json, parameters, parameter => JsonText.Append(json, parameter));
            json.Append(']');
        }
    }

    private static void WriteAll<T>(StringBuilder json, IEnumerable<T> items, Action<T> write)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            json.Append(isFirst ? "" : ",");
            isFirst = false;
            write(item);
        }
    }
}
