using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Oriel.Generators.Tests;

/// <summary>What analyzers say of commands that is not so.</summary>
public sealed class CommandSuppressorTests
{
    private const string Source = """
        using Oriel;

        [Commands]
        public sealed class Sums
        {
            [Command] public int Add(int a, int b) => a + b;

            public int Subtract(int a, int b) => a - b;
        }
        """;

    [Fact]
    public async Task A_command_is_not_advised_to_be_static_and_any_other_method_is()
    {
        var compilation = Generation.Compilation(("Sums.cs", Source)).WithAnalyzers(
            [new MarkStatic(), new CommandSuppressor()],
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, true, false, reportSuppressedDiagnostics: true));

        var diagnostics = await compilation.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [("Add", true), ("Subtract", false)],
            diagnostics.Where(static each => each.Id == "CA1822").Select(static each => (each.GetMessage(null), each.IsSuppressed)).Order());
    }

    /// <summary>Says of every method what the platform's analyzer says of those that use nothing of their object.</summary>
#pragma warning disable RS1029, RS1036, RS1038, RS1041, RS2008
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class MarkStatic : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor s_rule = new("CA1822", "Mark members as static", "{0}", "Performance", DiagnosticSeverity.Warning, true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(
                static symbol => symbol.ReportDiagnostic(Diagnostic.Create(s_rule, symbol.Symbol.Locations[0], symbol.Symbol.Name)),
                SymbolKind.Method);
        }
    }
#pragma warning restore
}
