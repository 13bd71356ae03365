using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Oriel.Generators.Tests;

/// <summary>Compiles sources with the generator, in memory.</summary>
internal static class Generation
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // Comments are left unparsed, as in a project that makes no documentation file.
    public static readonly CSharpParseOptions ParseOptions = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithDocumentationMode(DocumentationMode.None)
        .WithFeatures([new KeyValuePair<string, string>("InterceptorsNamespaces", "Oriel.Generated")]);

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_references = new(static () =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path)),
    ]);

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source.ReplaceLineEndings("\n"), ParseOptions, path, System.Text.Encoding.UTF8);

    public static CSharpCompilation Compilation(params (string Path, string Source)[] files) => CSharpCompilation.Create(
        "Generated.Cases",
        [Parse(Usings, "Usings.cs"), .. files.Select(static file => Parse(file.Source, file.Path))],
        s_references.Value,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    public static GeneratorDriver Driver(params ISourceGenerator[] others) => CSharpGeneratorDriver.Create(
        [new OrielGenerator().AsSourceGenerator(), .. others],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
