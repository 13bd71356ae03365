using Microsoft.CodeAnalysis;

namespace Oriel.Generators.Tests;

/// <summary>What the generator warns of can be suppressed where it is.</summary>
public sealed class SuppressionTests
{
    private const string Source = """
        using Oriel;

        public static class Program
        {
            public static void AddTo(OrielApp app)
            {
        BEFORE
                app.Commands.Map(DateTime.Now.ToString(), () => 1);
        AFTER
                app.Commands.Map(DateTime.UtcNow.ToString(), () => 1);
            }
        }
        """;

    [Fact]
    public void A_warning_is_suppressed_by_a_pragma_around_it()
    {
        var source = Source.Replace("BEFORE", "#pragma warning disable ORIEL006", StringComparison.Ordinal).Replace("AFTER", "#pragma warning restore ORIEL006", StringComparison.Ordinal);

        var warning = Assert.Single(Warnings(source));

        Assert.Equal(9, warning.Location.GetLineSpan().StartLinePosition.Line);
        Assert.True(warning.Location.IsInSource);
    }

    [Fact]
    public void Without_one_every_place_is_warned_of() =>
        Assert.Equal(2, Warnings(Source.Replace("BEFORE", "", StringComparison.Ordinal).Replace("AFTER", "", StringComparison.Ordinal)).Count);

    private static List<Diagnostic> Warnings(string source)
    {
        Generation.Driver().RunGeneratorsAndUpdateCompilation(Generation.Compilation(("Program.cs", source)), out _, out var diagnostics, TestContext.Current.CancellationToken);
        return [.. diagnostics.Where(static each => each.Id == "ORIEL006" && !each.IsSuppressed)];
    }
}
