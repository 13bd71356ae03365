using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Oriel.Generators.Tests;

/// <summary>A folder for each thing that the generator does: what goes in, and what comes out, letter by letter.</summary>
/// <remarks>With <c>ORIEL_WRITE_CASES=1</c> the tests write what comes out, to be looked at with the change that made it so.</remarks>
public sealed partial class GoldenTests
{
    private static readonly string s_folder = typeof(GoldenTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "Cases").Value!;
    private static readonly bool s_writes = Environment.GetEnvironmentVariable("ORIEL_WRITE_CASES") == "1";
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(s_folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_generator_writes_what_the_case_says(string name)
    {
        var compilation = Generation.Compilation(("Input.cs", File.ReadAllText(Path.Combine(s_folder, name, "Input.cs"))));
        var driver = Generation.Driver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics, TestContext.Current.CancellationToken);
        var result = driver.GetRunResult().Results.Single();

        Assert.Null(result.Exception);
        var sources = result.GeneratedSources.ToDictionary(static source => source.HintName, static source => source.SourceText.ToString());
        sources.Remove("BridgeManifest.g.cs", out var manifest);
        sources.Remove("OrielJsonResolver.g.cs");

        Expect(name, "Diagnostics.txt", string.Concat(diagnostics.OrderBy(static each => each.Location.SourceSpan.Start).ThenBy(static each => each.Id, StringComparer.Ordinal).Select(static each => Describe(each) + "\n")));
        if (name.StartsWith("ORIEL", StringComparison.Ordinal))
        {
            // What is wrong is said, and what is right beside it does not suffer.
            Assert.Contains(diagnostics, each => each.Id == name[..8]);
            return;
        }

        Expect(name, "Generated.cs", string.Concat(sources.OrderBy(static source => source.Key, StringComparer.Ordinal).Select(static source => $"// {source.Key}\n{Places().Replace(source.Value, "(1, \"\")")}\n")));
        Expect(name, "Manifest.json", manifest is null ? "" : Indent(manifest));

        using var assembly = new MemoryStream();
        var emitted = output.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("", string.Join('\n', emitted.Diagnostics.Where(static each => each.Severity >= DiagnosticSeverity.Warning)));
    }

    [Fact]
    public void Every_diagnostic_has_a_page_and_a_case()
    {
        var ids = typeof(Descriptors).GetFields().Select(static field => field.GetValue(null)).OfType<DiagnosticDescriptor>().Select(static descriptor => descriptor.Id).ToList();

        Assert.NotEmpty(ids);
        Assert.All(ids, static id =>
        {
            Assert.StartsWith($"# {id}: ", File.ReadAllText(Path.Combine(s_folder, "../../..", Descriptors.HelpLink(id))), StringComparison.Ordinal);
            Assert.Contains(Cases, row => row.Data.StartsWith(id, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Every_diagnostic_names_its_page_in_the_package()
    {
        var descriptors = new[] { typeof(Descriptors), typeof(TypeDiagnostics), typeof(Generators.Capabilities.CapabilityDiagnostics) }
            .SelectMany(static type => type.GetFields())
            .Select(static field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .ToList();

        Assert.True(descriptors.Count > 30);
        Assert.All(descriptors, static descriptor =>
        {
            Assert.Equal(Descriptors.HelpLink(descriptor.Id), descriptor.HelpLinkUri);
            Assert.True(File.Exists(Path.Combine(s_folder, "../../..", descriptor.HelpLinkUri)), descriptor.HelpLinkUri);
        });
    }

    private static void Expect(string name, string file, string actual)
    {
        var path = Path.Combine(s_folder, name, file);
        if (s_writes)
        {
            File.Delete(path);
            if (actual.Length > 0)
            {
                File.WriteAllText(path, actual);
            }
        }

        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.Equal(expected, actual);
    }

    private static string Describe(Diagnostic diagnostic)
    {
        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        return $"({start.Line + 1},{start.Character + 1}): {diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
    }

    private static string Indent(string source)
    {
        var json = source[(source.IndexOf("\"\"\"", StringComparison.Ordinal) + 3)..source.LastIndexOf("\"\"\"", StringComparison.Ordinal)];
        return JsonNode.Parse(json)!.ToJsonString(s_indented).ReplaceLineEndings("\n") + "\n";
    }

    // A place is a hash of the file and a position in it.
    [GeneratedRegex("""\(1, "[A-Za-z0-9+/=]*"\)""")]
    private static partial Regex Places();
}
