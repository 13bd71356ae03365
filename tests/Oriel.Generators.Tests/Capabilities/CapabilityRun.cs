using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Oriel.Generators.Capabilities;

namespace Oriel.Generators.Tests.Capabilities;

/// <summary>The generator, run over a file of capabilities and code beside it.</summary>
internal sealed class CapabilityRun
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly CSharpCompilation _compilation;
    private GeneratorDriver _driver;

    public CapabilityRun(string json, string code = "", string path = "/project/oriel.capabilities.json")
        : this([(path, json)], code)
    {
    }

    public CapabilityRun((string Path, string Json)[] files, string code = "")
    {
        _compilation = CSharpCompilation.Create(
            $"Capabilities{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(code)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _driver = CSharpGeneratorDriver.Create(
            [new CapabilityGenerator().AsSourceGenerator()],
            [.. files.Select(static file => new TextFile(file.Path, file.Json))],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true))
            .RunGeneratorsAndUpdateCompilation(_compilation, out var output, out _);
        Output = output;
        Text = files.Length > 0 ? files[0].Json : "";
    }

    /// <summary>The program with what was generated.</summary>
    public Compilation Output { get; }

    /// <summary>The first file.</summary>
    public string Text { get; }

    public GeneratorDriverRunResult Result => _driver.GetRunResult();

    /// <summary>What was generated; null for nothing.</summary>
    public string? Source => Result.GeneratedTrees.SingleOrDefault()?.ToString();

    /// <summary>What was found, in the order of the file: the id, and the text that it is shown at.</summary>
    public IEnumerable<(string Id, string At)> Found =>
        Result.Diagnostics.OrderBy(static found => found.Location.SourceSpan.Start).Select(found => (found.Id, Text.Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length)));

    /// <summary>Runs again over another program.</summary>
    /// <returns>Why the generated code was written anew, or was not.</returns>
    public IncrementalStepRunReason RunAgain(string code)
    {
        _driver = _driver.RunGenerators(_compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees[0], CSharpSyntaxTree.ParseText(code)));
        return Assert.Single(Assert.Single(_driver.GetRunResult().Results).TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static step => step.Outputs)).Reason;
    }

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
