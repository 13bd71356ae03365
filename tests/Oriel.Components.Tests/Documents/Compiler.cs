using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Components.Tests.Documents;

/// <summary>Compiles the C# of a page as the code of an application, against what this process runs with.</summary>
internal static class Compiler
{
    // What a reader takes for granted: a web project's usings, those of the page, and an application at hand.
    private const string Reader = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Components;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.JSInterop;
        global using Oriel;
        global using Oriel.Components;
        global using Oriel.Components.Tests.Documents.Snippets;
        global using Oriel.Components.Widgets;
        global using Oriel.Testing;
        global using Xunit;
        global using static Oriel.Components.UI;
        global using static Reader;

        internal static class Reader
        {
            public static OrielAppBuilder builder = null!;
            public static OrielApp app = null!;
            public static Window window = null!;
            public static View view = null!;
            public static IJSRuntime JS = null!;
            public static ElementReference _element;

            // Of the package that the page takes as its example.
            public static IServiceCollection AddRadzenComponents(this IServiceCollection services) => services;
        }

        internal sealed class Admin : ComponentBase;
        """;

    private static readonly CSharpParseOptions s_options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly Lazy<MetadataReference[]> s_references = new(static () =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path))]);

    /// <summary>The errors, each with its line in the page.</summary>
    public static string[] Errors(IEnumerable<(int Line, string Code)> blocks, CancellationToken cancellationToken)
    {
        var trees = blocks.Select(static block => Parse(ToFile(block.Line, block.Code))).Prepend(Parse(Reader));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return [.. CSharpCompilation.Create("Documents", trees, s_references.Value, options).GetDiagnostics(cancellationToken)
            .Where(static each => each.Severity == DiagnosticSeverity.Error)
            .Select(static each => (Line: each.Location.GetMappedLineSpan().StartLinePosition.Line + 1, each.Id, Text: each.GetMessage(CultureInfo.InvariantCulture)))
            .OrderBy(static each => each.Line)
            .Select(static each => $"{each.Line}: {each.Id} {each.Text}")
            .Distinct()];
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, s_options, encoding: Encoding.UTF8);

    // Statements into a method, types beside it.
    private static string ToFile(int line, string code)
    {
        var root = ((CSharpSyntaxTree)Parse(code)).GetCompilationUnitRoot();
        var statements = root.Members.OfType<GlobalStatementSyntax>().ToList();
        var file = new StringBuilder();
        root.Usings.ToList().ForEach(Append);
        if (statements.Count > 0)
        {
            file.Append(CultureInfo.InvariantCulture, $"internal static class Snippet{line}\n{{\npublic static async Task<int> RunAsync(string[] args)\n{{\n");
            statements.ForEach(Append);
            file.Append(statements[^1].Statement is ReturnStatementSyntax ? "}\n}\n" : "return await Task.FromResult(0);\n}\n}\n");
        }

        root.Members.Where(static member => member is not GlobalStatementSyntax).ToList().ForEach(Append);
        return file.ToString();

        void Append(SyntaxNode node)
        {
            var at = line + node.GetLocation().GetLineSpan().StartLinePosition.Line - node.GetLeadingTrivia().ToFullString().Count(static letter => letter == '\n');
            file.Append(CultureInfo.InvariantCulture, $"#line {at}\n{node.ToFullString()}\n#line default\n");
        }
    }
}
