namespace Oriel.Bench.Runner;

/// <summary>What the rounds gave: for each pair, placement, task and member a value, or several, a round.</summary>
internal sealed class Samples(int rounds)
{
    private readonly Dictionary<(string Pair, string Placement, string Measure), List<double>[]> _values = [];

    public void Add(string pair, string placement, string measure, int round, double value)
    {
        if (!_values.TryGetValue((pair, placement, measure), out var list))
        {
            _values.Add((pair, placement, measure), list = [.. Enumerable.Range(0, rounds).Select(static _ => new List<double>())]);
        }

        list[round].Add(value);
    }

    /// <summary>The median of each round; null when that was not measured.</summary>
    public double[]? Rounds(string pair, string placement, string measure) =>
        _values.TryGetValue((pair, placement, measure), out var list) && list.All(static round => round.Count > 0)
            ? [.. list.Select(Statistics.Median)]
            : null;

    public double? Median(string pair, string placement, string measure) => Rounds(pair, placement, measure) is { } values ? Statistics.Median(values) : null;
}
