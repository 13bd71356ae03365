using Microsoft.CodeAnalysis;

namespace Oriel.Generators.Tests;

/// <summary>What an edit makes the generator do again.</summary>
public sealed class CachingTests
{
    private const string Commands = """
        using Oriel;

        [Commands]
        public sealed class Scans
        {
            [Command]
            public FileFound Find(string path) => new(path);
        }

        public sealed record FileFound(string Path);

        public static class Program
        {
            public static void AddTo(OrielApp app)
            {
                app.Commands.Map<Scans>();
                app.Commands.Map("greet", (string name) => name);
                app.Commands.Map("number", () => Other.Number);
                app.Events.EmitAsync("found", new FileFound("a"));
            }
        }
        """;

    private const string Other = """
        public static class Other
        {
            public static int Number => 1;
        }
        """;

    [Fact]
    public void An_edit_in_a_file_without_commands_writes_nothing_anew()
    {
        var steps = Edit("Other.cs", Other.Replace("=> 1", "=> 2 + 3", StringComparison.Ordinal));

        Assert.All(steps, static step => Assert.True(step.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step.Name}: {step.Reason}"));
    }

    [Fact]
    public void A_line_above_a_class_of_commands_writes_neither_its_code_nor_its_types_anew()
    {
        var steps = Edit("Commands.cs", "// A line.\n" + Commands);

        Assert.All(
            steps.Where(static step => step.Name is OrielGenerator.Steps.Code or OrielGenerator.Steps.Types or OrielGenerator.Steps.Manifest),
            static step => Assert.True(step.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step.Name}: {step.Reason}"));
    }

    [Fact]
    public void Another_parameter_writes_the_code_anew()
    {
        var steps = Edit("Commands.cs", Commands.Replace("Find(string path)", "Find(string path, int depth)", StringComparison.Ordinal));

        Assert.Contains(steps, static step => step is { Name: OrielGenerator.Steps.Code, Reason: IncrementalStepRunReason.Modified });
        Assert.Contains(steps, static step => step is { Name: OrielGenerator.Steps.Manifest, Reason: IncrementalStepRunReason.Modified });
    }

    [Fact]
    public void A_member_of_another_file_that_has_another_type_writes_the_call_anew_that_uses_it()
    {
        var steps = Edit("Other.cs", Other.Replace("int Number => 1", "string Number => \"\"", StringComparison.Ordinal));

        Assert.Contains(steps, static step => step is { Name: OrielGenerator.Steps.Manifest, Reason: IncrementalStepRunReason.Modified });
    }

    [Theory]
    [InlineData("app.Commands.Map<Scans>();")]
    [InlineData("app.Commands.Map(Make.Scans());")]
    [InlineData("app.Commands.Map(Make.Derived());")]
    [InlineData("app.Expose(Make.Scans(), \"exposed\");")]
    [InlineData("app.Commands.Map(\"group\", new Scans().Find);")]
    [InlineData("app.Commands.Map(\"lambda\", () => new Scans().Find(\"a\"));")]
    public void A_command_that_changes_in_another_file_changes_the_call_that_depends_on_it(string call)
    {
        const string Scans = """
            using Oriel;

            [Commands]
            public class Scans
            {
                [Command]
                public int Find(string path) => path.Length;
            }

            [Commands]
            public sealed class Derived : Scans;

            public static class Make
            {
                public static Scans Scans() => new();

                public static Derived Derived() => new();
            }
            """;
        var site = $"public static class Program {{ public static void AddTo(Oriel.OrielApp app) {{ {call} }} }}";
        const string Before = "int Find(string path) => path.Length", After = "string Find(string path) => path";
        var compilation = Generation.Compilation(("Site.cs", site), ("Scans.cs", Scans));
        var driver = Generation.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var scans = compilation.SyntaxTrees.Single(static tree => tree.FilePath == "Scans.cs");
        driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(scans, Generation.Parse(Scans.Replace(Before, After, StringComparison.Ordinal), "Scans.cs")), TestContext.Current.CancellationToken);

        // What remembers nothing.
        var fresh = Generation.Compilation(("Site.cs", site), ("Scans.cs", Scans.Replace(Before, After, StringComparison.Ordinal)));
        var expected = Generation.Driver().RunGenerators(fresh, TestContext.Current.CancellationToken);
        Assert.Equal(Text(expected), Text(driver));
        Assert.NotEmpty(Text(driver));

        static IEnumerable<string> Text(GeneratorDriver driver) => driver.GetRunResult().GeneratedTrees.Select(static tree => tree.ToString());
    }

    [Fact]
    public void No_step_keeps_what_belongs_to_a_compilation()
    {
        var driver = Generation.Driver().RunGenerators(Generation.Compilation(("Commands.cs", Commands)), TestContext.Current.CancellationToken);
        var kept = driver.GetRunResult().Results.Single().TrackedSteps
            .Where(static step => Names.Contains(step.Key))
            .SelectMany(static step => step.Value).SelectMany(static run => run.Outputs).Select(static output => output.Value);

        Assert.DoesNotContain(kept, static value => value is ISymbol or SyntaxNode or Compilation or SemanticModel or Location);
    }

    private static readonly string[] Names =
    [
        OrielGenerator.Steps.Classes, OrielGenerator.Steps.Sites, OrielGenerator.Steps.Uses, OrielGenerator.Steps.Findings,
        OrielGenerator.Steps.Code, OrielGenerator.Steps.Types, OrielGenerator.Steps.Manifest,
    ];

    private static List<(string Name, IncrementalStepRunReason Reason)> Edit(string path, string source)
    {
        var compilation = Generation.Compilation(("Commands.cs", Commands), ("Other.cs", Other));
        var driver = Generation.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var edited = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.Single(tree => tree.FilePath == path), Generation.Parse(source, path));
        var result = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        Assert.Null(result.Exception);
        var steps = result.TrackedSteps
            .Where(static step => Names.Contains(step.Key))
            .SelectMany(static step => step.Value.SelectMany(static run => run.Outputs).Select(output => (step.Key, output.Reason)))
            .ToList();
        Assert.NotEmpty(steps);
        return steps;
    }
}
