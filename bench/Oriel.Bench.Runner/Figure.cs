using System.Text.Json.Serialization;

namespace Oriel.Bench.Runner;

/// <summary>A figure of the benchmark, next to its floor.</summary>
/// <param name="Name">Stable, for whoever compares records.</param>
/// <param name="Unit">Of all values.</param>
/// <param name="Oriel">The median of the rounds.</param>
/// <param name="Floor">The median of the rounds; null where there is no floor.</param>
/// <param name="Ratio">The median of the ratios of each round: what drifts between rounds cancels out.</param>
public sealed record Figure(string Name, string Unit, double Oriel, double? Floor, double? Ratio)
{
    /// <summary>What others reach in the same run: the medians of the rounds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Peers { get; init; }

    /// <summary>The 95 % confidence interval of the ratio's median; null with too few rounds.</summary>
    [JsonIgnore]
    public (double Low, double High)? Interval { get; init; }

    /// <summary>What it is to be, for people: "at most 1.25x".</summary>
    [JsonIgnore]
    public string Target { get; init; } = "";

    /// <summary>Whether it is only for the table, not for whoever compares records.</summary>
    [JsonIgnore]
    public bool IsDetail { get; init; }

    /// <summary>A figure without a floor: the median of what the rounds gave.</summary>
    public static Figure Alone(string name, string unit, IEnumerable<double> values, string target = "") =>
        new(name, unit, Statistics.Median(values), null, null) { Target = target };

    /// <summary>A figure of rounds that each gave a value beside its floor.</summary>
    public static Figure Of(string name, string unit, IEnumerable<(double Oriel, double Floor)> pairs, string target)
    {
        (double Oriel, double Floor)[] all = [.. pairs];
        var ratios = all.Select(static pair => pair.Floor == 0 ? 1 : pair.Oriel / pair.Floor).ToArray();
        return new Figure(name, unit, Statistics.Median(all.Select(static pair => pair.Oriel)), Statistics.Median(all.Select(static pair => pair.Floor)), Statistics.Median(ratios))
        {
            Interval = Statistics.MedianInterval(ratios),
            Target = target,
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<Figure>))]
internal sealed partial class FigureJson : JsonSerializerContext;
