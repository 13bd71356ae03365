using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Oriel.Generators.Tests.Types;

/// <summary>The catalog of types: what is shared, what can be compared, and what it costs.</summary>
public sealed class TypeCatalogTests
{
    [Fact]
    public void Shapes_of_equal_sources_are_equal()
    {
        const string Source = "record Page<T>(List<T> Items, Page<T>? Next); enum Color { Red } static class Uses { public static Page<Color> Get() => null!; }";

        Assert.Equal(Catalog(Source).Shapes, Catalog(Source).Shapes);
    }

    [Fact]
    public void A_comment_elsewhere_changes_no_shape()
    {
        const string Source = "record Item(int A); static class Uses { public static Item Get() => null!; }";

        Assert.Equal(Catalog(Source).Shapes, Catalog("// A comment.\n\n" + Source).Shapes);
    }

    [Fact]
    public void A_member_more_changes_its_shape() => Assert.NotEqual(
        Catalog("record Item(int A); static class Uses { public static Item Get() => null!; }").Shapes,
        Catalog("record Item(int A, int B); static class Uses { public static Item Get() => null!; }").Shapes);

    [Fact]
    public void Documentation_is_read_whether_or_not_the_compiler_parses_it()
    {
        const string Source = """
            /// <summary>An item.</summary>
            /// <param name="A">Its number.</param>
            record Item(int A);
            static class Uses { public static Item Get() => null!; }
            """;

        var parsed = Declaration(InMemory.Compile(Source, documentation: DocumentationMode.Diagnose));
        var unparsed = Declaration(InMemory.Compile(Source, documentation: DocumentationMode.None));

        Assert.Equal("An item.", parsed.Doc);
        Assert.Equal("Its number.", parsed.Properties[0].Doc);
        Assert.Equal(parsed, unparsed);
    }

    [Fact]
    public void A_type_that_is_wrong_is_reported_at_each_of_its_uses()
    {
        var compilation = InMemory.Compile("static class Uses { public static void Take(System.Type a, System.Type b) { } }");
        var catalog = new TypeCatalog(compilation, CancellationToken.None);
        foreach (var parameter in Method(compilation).Parameters)
        {
            catalog.Use(parameter.Type, SourceLocation.Of(parameter.Locations[0]));
        }

        Assert.Equal(["ORIEL101", "ORIEL101"], catalog.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Id));
        Assert.Equal(2, catalog.Diagnostics.Select(diagnostic => diagnostic.Location).Distinct().Count());
    }

    [Fact]
    public void A_context_for_something_else_leaves_no_type_without_metadata()
    {
        var catalog = Catalog("""
            [System.Text.Json.Serialization.JsonSerializable(typeof(int))]
            [System.Text.Json.Serialization.JsonSerializable(typeof(Point))]
            partial class Context { }
            record Point(int X);
            record Line(Point From, int Width);
            static class Uses { public static Line Get() => null!; }
            """);

        Assert.Empty(catalog.Diagnostics);
        Assert.All(catalog.Shapes, static shape => Assert.NotNull(shape.Json));
        Assert.Equal(["global::Line", "global::Point", "int"], catalog.Shapes.Select(static shape => shape.CSharp));
    }

    [Fact]
    public void What_a_context_covers_is_left_to_it()
    {
        var catalog = Catalog("""
            [System.Text.Json.Serialization.JsonSerializable(typeof(Covered))]
            partial class Context { }
            record Covered(System.Type Type);
            static class Uses { public static Covered Get() => null!; }
            """);

        Assert.Empty(catalog.Diagnostics);
        Assert.Equal("", ResolverEmitter.Emit(catalog.Shapes));
        Assert.NotNull(Assert.Single(catalog.Shapes).Declaration);
    }

    [Fact]
    public void A_long_row_of_types_is_gone_through_to_its_end()
    {
        var row = string.Concat(Enumerable.Range(0, 3000).Select(i => $"class C{i} {{ public C{i + 1}? Next {{ get; set; }} }}\n"));

        var catalog = Catalog(row + "class C3000 { public byte[]? Content { get; set; } } static class Uses { public static C0 Get() => null!; }");

        Assert.Contains("global::C3000", catalog.Shapes.Select(shape => shape.CSharp));
        Assert.Empty(catalog.Diagnostics);
    }

    [Fact]
    public void What_was_cancelled_is_found_out_again()
    {
        var compilation = InMemory.Compile("class A { public B? B { get; set; } } class B { public A? A { get; set; } } static class Uses { public static A Get() => null!; }");
        Assert.Throws<OperationCanceledException>(() => new TypeCatalog(compilation, new CancellationToken(canceled: true)).Use(Method(compilation).ReturnType, null));
        var catalog = new TypeCatalog(compilation, CancellationToken.None);

        catalog.Use(Method(compilation).ReturnType, null);

        Assert.Equal(["global::A", "global::B"], catalog.Shapes.Select(shape => shape.CSharp));
    }

    [Fact]
    public void Nothing_used_is_nothing_generated() => Assert.Equal("", ResolverEmitter.Emit([]));

    [Fact]
    public void Interfaces_without_data_are_services()
    {
        var compilation = InMemory.Compile("""
            interface IService { }
            [System.Text.Json.Serialization.JsonDerivedType(typeof(A), "a")] interface IShape { }
            record A : IShape;
            static class Uses { public static void Take(IService a, IShape b, IReadOnlyList<int> c, A d) { } }
            """);
        var catalog = new TypeCatalog(compilation, CancellationToken.None);

        Assert.Equal([true, false, false, false], Method(compilation).Parameters.Select(parameter => catalog.IsService(parameter.Type)));
    }

    [Theory]
    [InlineData("static class Uses { public static byte[] Get() => null!; }", true)]
    [InlineData("record A(B? Next); record B(A? Back, Stream Content); static class Uses { public static A Get() => null!; }", true)]
    [InlineData("record A(B? Next); record B(A? Back); static class Uses { public static List<A> Get() => null!; }", false)]
    [InlineData("static class Uses { public static Dictionary<string, Memory<byte>?[]> Get() => null!; }", true)]
    [InlineData("static class Uses { public static Memory<int> Get() => default; }", false)]
    public void Bodies_are_found_at_any_depth(string source, bool holdsBodies)
    {
        var compilation = InMemory.Compile(source);

        var use = new TypeCatalog(compilation, CancellationToken.None).Use(Method(compilation).ReturnType, null);

        Assert.Equal(holdsBodies, use.HoldsBodies);
    }

    [Theory]
    [InlineData("Name")]
    [InlineData("URL")]
    [InlineData("URLValue")]
    [InlineData("IOError")]
    [InlineData("aB")]
    [InlineData("A")]
    [InlineData("AB")]
    [InlineData("X1Y")]
    [InlineData("_Private")]
    [InlineData("ÜNlaut")]
    [InlineData("İstanbul")]
    [InlineData("")]
    public void Names_are_as_System_Text_Json_makes_them(string name) =>
        Assert.Equal(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name), JsonText.CamelCase(name));

    [Theory]
    [InlineData("plain")]
    [InlineData("\"\\\n\r\t\0\u0001\u007f\u2028\u2029ä€😀")]
    public void Texts_of_the_manifest_are_JSON(string text) =>
        Assert.Equal(text, System.Text.Json.Nodes.JsonNode.Parse(JsonText.Quote(text))!.GetValue<string>());

    [Theory]
    [InlineData("return 1;", "return 2;")]
    [InlineData("=> null!;", "=> throw null!;")]
    [InlineData("Console.WriteLine(1);", "Console.WriteLine(2);")]
    public void After_an_edit_in_a_body_nothing_is_found_out_again(string before, string after)
    {
        var (first, second) = Edited(before, after);

        Assert.All(first.Zip(second), pair => Assert.Same(pair.First, pair.Second));
    }

    [Theory]
    [InlineData("int A", "long A")]
    [InlineData("string B", "string? B")]
    [InlineData("/// <summary>An item.", "/// <summary>A thing.")]
    [InlineData("#define EXTRA", "#define OTHER")]
    [InlineData("const string Name = \"one\"", "const string Name = \"two\"")]
    [InlineData("using Color = Far.Color;", "using Color = Far.Colour;")]
    [InlineData("Console.WriteLine(1);", "\n#nullable disable\nConsole.WriteLine(1);")]
    public void After_an_edit_in_a_declaration_types_are_found_out_again(string before, string after)
    {
        var (first, second) = Edited(before, after);

        Assert.NotEqual(first, second);
    }

    private static (EquatableArray<TypeShape> First, EquatableArray<TypeShape> Second) Edited(string before, string after)
    {
        const string Source = """
            #define EXTRA
            namespace Far { public enum Color { Red } public enum Colour { Blue } }
            namespace Near2
            {
                using System.Text.Json.Serialization;
                using Color = Far.Color;

                /// <summary>An item.</summary>
                record Item(int A, string B, Color Color)
                {
                    private const string Name = "one";
            #if EXTRA
                    public int Extra { get; set; }
            #endif
                    [JsonPropertyName(Name)] public int Named { get; set; }
                    public int Get() { return 1; }
                    public void Write() { Console.WriteLine(1); }
                    public string Behind { get; set; } = "";
                }
            }
            static class Uses { public static Near2.Item Get() => null!; }
            """;
        Assert.Contains(before, Source, StringComparison.Ordinal);
        var first = InMemory.Compile(Source);
        var edited = CSharpSyntaxTree.ParseText(Source.Replace(before, after, StringComparison.Ordinal), (CSharpParseOptions)first.SyntaxTrees[0].Options);
        var second = first.ReplaceSyntaxTree(first.SyntaxTrees[0], edited);
        return (Shapes(first), Shapes(second));

        static EquatableArray<TypeShape> Shapes(Compilation compilation)
        {
            var catalog = new TypeCatalog(compilation, CancellationToken.None);
            catalog.Use(Method(compilation).ReturnType, null);
            Assert.Empty(catalog.Diagnostics);
            return catalog.Shapes;
        }
    }

    private static TypeCatalog Catalog(string source)
    {
        var compilation = InMemory.Compile(source);
        var catalog = new TypeCatalog(compilation, CancellationToken.None);
        catalog.Use(Method(compilation).ReturnType, null);
        return catalog;
    }

    private static ObjectDeclaration Declaration(CSharpCompilation compilation)
    {
        var catalog = new TypeCatalog(compilation, CancellationToken.None);
        catalog.Use(Method(compilation).ReturnType, null);
        return catalog.Shapes.Select(shape => shape.Declaration).OfType<ObjectDeclaration>().Single();
    }

    private static IMethodSymbol Method(Compilation compilation) => compilation.GetTypeByMetadataName("Uses")!.GetMembers().OfType<IMethodSymbol>().First();
}
