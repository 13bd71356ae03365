using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Oriel.Generators;
using Oriel.Generators.Capabilities;

namespace Oriel.Bench.Generators;

/// <summary>Runs all of Oriel's generators over a project, and over what becomes of it by an edit.</summary>
internal sealed class Measurement(Project project)
{
    private const int WarmUp = 3;
    private const int Edited = 17;

    /// <summary>Measures, and gives a line of JSON.</summary>
    public string Run(int rounds)
    {
        // The JIT is warm, as in a compiler that stays; what is known of a project is not.
        var cold = Median(rounds, round => Generate(NewDriver(), project.Compile($"Cold{round + WarmUp}"), out _));

        var compilation = project.Compile("Edited");
        Generate(NewDriver(), compilation, out var driver);
        var first = Text(driver);

        var body = Median(rounds, round => Edit(ref driver, compilation, project.Source(Edited, body: round + WarmUp + 1)));
        Expect(Text(driver) == first, "An edit of a body changed what is generated.");

        var signature = Median(rounds, round => Edit(ref driver, compilation, project.Source(Edited, parameter: $"query{round + WarmUp + 1}")));
        Expect(Text(driver) != first, "An edit of a signature did not change what is generated.");

        return string.Create(CultureInfo.InvariantCulture, $"{{\"commands\":{project.Commands},\"files\":{project.Files},\"cold_ms\":{cold.Elapsed:0.0},\"body_ms\":{body.Elapsed:0.0},\"signature_ms\":{signature.Elapsed:0.0},\"cold_cpu_ms\":{cold.Processor:0.0},\"body_cpu_ms\":{body.Processor:0.0},\"signature_cpu_ms\":{signature.Processor:0.0}}}");
    }

    private static CSharpGeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(
        [new OrielGenerator().AsSourceGenerator(), new CapabilityGenerator().AsSourceGenerator()],
        parseOptions: Project.ParseOptions);

    private static Cost Generate(GeneratorDriver driver, CSharpCompilation compilation, out GeneratorDriver after)
    {
        var usedBefore = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        after = driver.RunGenerators(compilation);
        var cost = new Cost(Stopwatch.GetElapsedTime(started).TotalMilliseconds, (Environment.CpuUsage.TotalTime - usedBefore).TotalMilliseconds);

        var result = after.GetRunResult();
        Expect(result.Diagnostics.IsEmpty && result.Results.All(static each => each.Exception is null), $"The generators failed: {string.Join('\n', result.Diagnostics.Take(5))}");
        return cost;
    }

    private static Cost Edit(ref GeneratorDriver driver, CSharpCompilation compilation, string source) =>
        Generate(driver, Project.Edit(compilation, Edited, source), out driver);

    // Without the interceptors, which name the content of the file that they are about.
    private static string Text(GeneratorDriver driver) => string.Concat(driver.GetRunResult().GeneratedTrees.Where(static tree => !tree.FilePath.EndsWith("Interceptors.g.cs", StringComparison.Ordinal)).Select(static tree => tree.ToString()));

    // Rounds below 0 warm up.
    private static Cost Median(int rounds, Func<int, Cost> measure)
    {
        var costs = new List<Cost>();
        for (var round = -WarmUp; round < rounds; round++)
        {
            var cost = measure(round);
            if (round >= 0)
            {
                costs.Add(cost);
            }
        }

        return new Cost(Middle(static cost => cost.Elapsed), Middle(static cost => cost.Processor));

        double Middle(Func<Cost, double> part) => costs.Select(part).Order().ElementAt(costs.Count / 2);
    }

    private static void Expect(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    /// <summary>What a run took, in milliseconds: on the clock, and of the processor, which says more beside others that are busy.</summary>
    private readonly record struct Cost(double Elapsed, double Processor);
}
