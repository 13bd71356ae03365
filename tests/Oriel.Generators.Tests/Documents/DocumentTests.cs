using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Oriel.Generators.Tests;

/// <summary>What the documentation says in C#, compiled with the generator as an application's code is.</summary>
public sealed class DocumentTests
{
    private static readonly string s_root = Metadata("RepositoryRoot");

    // What the snippets of all pages take for granted, as a reader does.
    private const string Reader = """
        global using System.Buffers;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using Oriel;
        global using Oriel.Ipc;
        global using Oriel.Protocols;
        global using static Reader;

        internal static class Reader
        {
            public static OrielAppBuilder builder = null!;
            public static OrielApp app = null!;
            public static Window window = null!;
        }
        """;

    // What the snippets of one page take for granted beside it.
    // What the snippets of one page take for granted beside it. The README's program is compiled where the packages are.
    private static readonly Dictionary<string, string> s_pages = new()
    {
        ["docs/bridge.md"] = """
            internal static class Files
            {
                public static IEnumerable<FileFound> Below(string root) => throw new NotSupportedException(root);
            }

            internal interface IFolderService
            {
                Task<int> CountAsync(string root, int depth, CancellationToken cancel);

                string? Choose(Window window);
            }

            internal sealed class Calculator
            {
                public double Add(double a, double b) => a + b;

                public double Divide(double a, double b) => a / b;
            }
            """,
        ["docs/security.md"] = "",
        ["docs/ipc.md"] = """
            global using static Peer;

            internal static class Peer
            {
                public static System.Diagnostics.Process process = null!;
                public static Action<string> log = null!;

                public static ValueTask Echo(IpcCall call) => throw new NotSupportedException();

                public static ValueTask Handle(string name, IpcPayload data) => throw new NotSupportedException();
            }

            internal sealed class TextPlugin : IPlugin
            {
                public string Name => "text";

                public void AddTo(CommandRegistry commands, OrielApp app) => throw new NotSupportedException();
            }
            """,
    };

    public static TheoryData<string> Pages => [.. s_pages.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_C_of_a_page_compiles(string page)
    {
        var snippets = Snippet.Of(page, File.ReadAllText(Path.Combine(s_root, page)));
        Assert.NotEmpty(snippets);

        var errors = Errors(page, snippets);
        Assert.True(errors.Length == 0, errors);
    }

    [Fact]
    public void A_snippet_that_does_not_compile_is_named_by_its_page_and_line()
    {
        var snippets = Snippet.Of("page.md", """
            Text.

            ```csharp
            app.Commands.Map("twice", (int number) => number * 2);
            app.Commands.Mop("thrice", (int number) => number * 3);

            internal sealed record Pair(int A, Missing B);
            ```
            """);

        Assert.Collection(
            Errors("docs/security.md", snippets).Split('\n'),
            static error => Assert.StartsWith("page.md:5: CS1061", error, StringComparison.Ordinal),
            static error => Assert.StartsWith("page.md:7: CS0246", error, StringComparison.Ordinal));
    }

    private static string Errors(string page, IReadOnlyList<Snippet> snippets)
    {
        var compilation = Generation.Compilation(
            [("Reader.cs", Reader), ("Page.cs", s_pages[page]), .. snippets.Select(static snippet => ($"Snippet{snippet.Line}.cs", snippet.ToFile()))]);
        Generation.Driver(JsonGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics, TestContext.Current.CancellationToken);

        return string.Join('\n', output.GetDiagnostics(TestContext.Current.CancellationToken).Concat(diagnostics)
            .Where(static each => each.Severity == DiagnosticSeverity.Error)
            .Select(static each => (Place: each.Location.GetMappedLineSpan(), each.Id, Message: each.GetMessage(null)))
            .OrderBy(static each => each.Place.StartLinePosition.Line)
            .Select(static each => $"{each.Place.Path}:{each.Place.StartLinePosition.Line + 1}: {each.Id} {each.Message}")
            .Distinct());
    }

    // For the contexts that an application writes by hand.
    private static ISourceGenerator JsonGenerator()
    {
        var type = Assembly.LoadFrom(Metadata("JsonGenerator")).GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!;
        return ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator();
    }

    private static string Metadata(string key) =>
        typeof(DocumentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
