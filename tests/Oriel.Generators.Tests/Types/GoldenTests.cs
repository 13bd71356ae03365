using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace Oriel.Generators.Tests.Types;

/// <summary>
/// What the generator makes of types, one folder a case: <c>Input.cs</c>, whose class <c>Uses</c> uses them, and beside it the manifest's types and
/// uses, the generated resolver, and what the compiler says.
/// </summary>
/// <remarks>Set <c>ORIEL_GOLDEN=write</c> to write what is generated now; read the difference before it is committed.</remarks>
public sealed class GoldenTests
{
    // The source's own path is not the file's where a build is made for others to repeat: it is mapped to /_/ there.
    private static readonly string s_root = typeof(GoldenTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "TypeCases").Value!;

    private static readonly JsonWriterOptions s_json = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(s_root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Generates_what_is_beside_it(string name)
    {
        var folder = Path.Combine(s_root, name);
        var compilation = InMemory.Compile(File.ReadAllText(Path.Combine(folder, "Input.cs")));
        var catalog = new TypeCatalog(compilation, TestContext.Current.CancellationToken);

        var uses = Uses(compilation, catalog);

        var resolver = ResolverEmitter.Emit(catalog.Shapes);
        var diagnostics = string.Concat(catalog.Diagnostics.Select(diagnostic => diagnostic.ToDiagnostic() + "\n"));
        if (diagnostics.Length == 0)
        {
            _ = compilation.With(resolver);
        }

        Assert.Multiple(
            () => Matches(Path.Combine(folder, "types.json"), Manifest(uses, catalog.Shapes)),
            () => Matches(Path.Combine(folder, "Resolver.cs"), resolver),
            () => Matches(Path.Combine(folder, "diagnostics.txt"), diagnostics));
    }

    [Fact]
    public void There_are_cases() => Assert.True(Cases.Count >= 20);

    private static List<(string Name, TypeUse Use)> Uses(Compilation compilation, TypeCatalog catalog)
    {
        var uses = new List<(string, TypeUse)>();
        foreach (var method in compilation.GetTypeByMetadataName("Uses")!.GetMembers().OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary))
        {
            foreach (var parameter in method.Parameters)
            {
                uses.Add(($"{method.Name}({parameter.Name})", catalog.Use(parameter.Type, SourceLocation.Of(parameter.Locations[0]))));
            }

            if (!method.ReturnsVoid)
            {
                uses.Add((method.Name, catalog.Use(method.ReturnType, SourceLocation.Of(method.Locations[0]))));
            }
        }

        return uses;
    }

    private static string Manifest(List<(string Name, TypeUse Use)> uses, EquatableArray<TypeShape> shapes)
    {
        var json = new StringBuilder("{\"uses\":{");
        var names = ManifestTypes.Namer(shapes);
        for (var i = 0; i < uses.Count; i++)
        {
            var (name, use) = uses[i];
            var bodies = use.HoldsBodies ? " (holds bodies)" : "";
            json.Append(i == 0 ? "" : ",").Append(JsonText.Quote(name)).Append(':').Append(JsonText.Quote(names(use.TypeScript) + bodies));
        }

        json.Append("},\"types\":");
        ManifestTypes.Write(json, shapes);
        json.Append('}');
        using var document = JsonDocument.Parse(json.ToString());
        using var indented = new MemoryStream();
        using (var writer = new Utf8JsonWriter(indented, s_json))
        {
            document.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(indented.ToArray()) + "\n";
    }

    private static void Matches(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("ORIEL_GOLDEN") == "write")
        {
            if (actual.Length == 0)
            {
                File.Delete(path);
            }
            else
            {
                File.WriteAllText(path, actual);
            }

            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.Equal(expected, actual);
    }
}
