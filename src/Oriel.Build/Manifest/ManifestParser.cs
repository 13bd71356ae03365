using System.Text.Json;

namespace Oriel.Build;

/// <summary>Makes a <see cref="BridgeManifest"/> of its text.</summary>
internal static class ManifestParser
{
    private const int Version = 1;

    /// <exception cref="ManifestException">The text is not a manifest; the message says where and why.</exception>
    public static BridgeManifest Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = ManifestLimits.Depth });
            var root = new ManifestElement(document.RootElement, "$");
            var version = root.Required("version");
            if (version.AsLiteral() is not { IsNumber: true, Value: "1" })
            {
                throw version.Wrong($"is {version.AsLiteral()}, and this build reads version {Version}. The generator and the build task belong to one package: restore it anew");
            }

            var manifest = new BridgeManifest
            {
                Text = text,
                Commands = Each(root.List("commands", ManifestLimits.Commands), Command),
                Events = Each(root.List("events", ManifestLimits.Commands), Event),
                States = Each(root.List("states", ManifestLimits.Commands), entry => new ManifestState(Name(entry), entry.Type("type"), entry.Flag("writable"))),
                Types = Each(root.List("types", ManifestLimits.Types), Type),
            };
            RequireUnique(manifest.Commands.Select(command => command.Name), "commands");
            RequireUnique(manifest.Events.Select(entry => (entry.IsFromPage ? "from the page: " : "") + entry.Name), "events");
            RequireUnique(manifest.States.Select(state => state.Name), "states");
            RequireUnique(manifest.Types.Select(type => type.Name), "types");
            return manifest;
        }
        catch (JsonException exception)
        {
            throw new ManifestException($"it is not JSON: {exception.Message}");
        }
        // A text that ends within a pair of surrogates cannot become UTF-8.
        catch (ArgumentException exception)
        {
            throw new ManifestException($"it is not valid Unicode: {exception.Message}");
        }
    }

    private static ManifestCommand Command(ManifestElement command)
    {
        var kind = command.Text("kind");
        if (kind is not ("call" or "stream"))
        {
            throw command.Wrong($"has the kind \"{kind}\"; \"call\" and \"stream\" are known");
        }

        var name = Name(command);
        if (name.Split('.').Length > ManifestLimits.NamespaceDepth)
        {
            throw command.Wrong($"is in more than {ManifestLimits.NamespaceDepth} namespaces");
        }

        // Whoever reads what is wrong knows the command, and not where it stands in the manifest.
        command = command.Named($"the command \"{name}\"");
        var parameters = Members(command, "params");
        return new ManifestCommand(
            name, kind == "stream", command.Doc(), parameters, command.OptionalType("progress"), command.Type("result"), command.Doc("returns"),
            command.OptionalText("deprecated", ManifestLimits.DocCharacters));
    }

    private static ManifestEvent Event(ManifestElement entry) => new(Name(entry), entry.Type("type"), entry.OptionalText("from") == "page");

    private static ManifestType Type(ManifestElement type)
    {
        var name = TypeName(type, type.Text("name"));
        var doc = type.Doc();
        var kind = type.Text("kind");
        return kind switch
        {
            "object" => new ObjectType(name, doc, TypeParameters(type), Members(type, "properties"), type.OptionalType("index")),
            "enum" => Enum(type, name, doc),
            "union" => new UnionType(name, doc, type.Text("discriminator"), Each(type.List("cases", ManifestLimits.Members), Case)),
            "alias" => new AliasType(name, doc, TypeParameters(type), type.Type("type")),
            _ => throw type.Wrong($"has the kind \"{kind}\"; \"object\", \"enum\", \"union\" and \"alias\" are known"),
        };
    }

    private static EnumType Enum(ManifestElement type, string name, string doc)
    {
        var values = Each(type.List("values", ManifestLimits.Members), value => new EnumValue(Name(value), value.Required("value").AsLiteral(), value.Doc()));
        if (values.Select(value => value.Literal.IsNumber).Distinct().Count() > 1)
        {
            throw type.Wrong("has texts and numbers for values; an enumeration has one or the other");
        }

        RequireUnique(values.Select(value => value.Name), type.Path);
        return new EnumType(name, doc, values);
    }

    private static UnionCase Case(ManifestElement entry) => new(entry.Required("tag").AsLiteral(), entry.Type("type"));

    private static List<ManifestMember> Members(ManifestElement owner, string list)
    {
        var members = Each(
            owner.List(list, ManifestLimits.Members),
            member => new ManifestMember(member.Text("name"), member.Type("type"), member.Flag("optional"), member.Flag("readonly"), member.Doc()));
        RequireUnique(members.Select(member => member.Name), $"{owner.Path}.{list}");
        return members;
    }

    private static List<string> TypeParameters(ManifestElement type)
    {
        var names = Each(type.List("typeParameters", ManifestLimits.Members), parameter => TypeName(parameter, parameter.AsText(ManifestLimits.NameCharacters)));
        RequireUnique(names, $"{type.Path}.typeParameters");
        return names;
    }

    private static string Name(ManifestElement entry)
    {
        var name = entry.Text("name");
        return name.Length > 0 ? name : throw entry.Wrong("has no name");
    }

    private static string TypeName(ManifestElement type, string name) =>
        Identifier.IsName(name) ? name : throw type.Wrong($"is named {ScriptText.Quote(name)}, which is no name of a type");

    private static List<T> Each<T>(IReadOnlyList<ManifestElement> elements, Func<ManifestElement, T> read) => [.. elements.Select(read)];

    private static void RequireUnique(IEnumerable<string> names, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw new ManifestException($"{what}: {ScriptText.Quote(name)} is there twice");
            }
        }
    }
}
