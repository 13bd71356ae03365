namespace Oriel.Bench.Runner;

/// <summary>Medians, since a shared machine's means say more about its neighbours.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The 95 % confidence interval of the median, by order statistics (no assumption about the distribution).</summary>
    public static (double Low, double High)? MedianInterval(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];

        // The largest rank so that P(Binomial(n, 1/2) < rank) is at most 2.5 %.
        var below = 0.0;
        var rank = 0;
        var probability = Math.Pow(0.5, sorted.Length);
        while (below + probability <= 0.025)
        {
            below += probability;
            rank++;
            probability *= (double)(sorted.Length - rank + 1) / rank;
        }

        return rank == 0 ? null : (sorted[rank - 1], sorted[^rank]);
    }
}
