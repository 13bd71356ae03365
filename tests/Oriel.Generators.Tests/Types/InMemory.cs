using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Oriel.Generators.Tests.Types;

/// <summary>Compiles in memory.</summary>
internal static class InMemory
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation Compile(string source, NullableContextOptions nullable = NullableContextOptions.Enable, DocumentationMode documentation = DocumentationMode.None)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest, documentation);
        return CSharpCompilation.Create(
            "InMemory" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(source, options, "Input.cs"), CSharpSyntaxTree.ParseText(Usings, options, "Usings.cs")],
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: nullable, allowUnsafe: true));
    }

    /// <summary>Adds generated source; what is wrong with it fails the test.</summary>
    public static CSharpCompilation With(this CSharpCompilation compilation, string generated)
    {
        var tree = CSharpSyntaxTree.ParseText(generated, (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "Resolver.g.cs");
        var all = compilation.AddSyntaxTrees(tree);
        Assert.Empty(all.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Location.SourceTree == tree));
        Assert.Empty(all.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return all;
    }

    public static Assembly Load(this CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }
}
