namespace Gallery.Tour;

/// <summary>The primes, from the first one on.</summary>
internal static class Primes
{
    /// <summary>All primes that an <see cref="int"/> holds; one after the other, as they are asked for.</summary>
    public static IEnumerable<Prime> All()
    {
        var factors = new List<int>();
        var index = 0;

        for (var candidate = 2; candidate > 0; candidate++)
        {
            if (!IsPrime(candidate, factors))
            {
                continue;
            }

            // Nothing has a factor beyond its root.
            if (candidate <= 46_340)
            {
                factors.Add(candidate);
            }

            yield return new Prime(++index, candidate);
        }
    }

    private static bool IsPrime(int candidate, List<int> factors)
    {
        foreach (var factor in factors)
        {
            if ((long)factor * factor > candidate)
            {
                return true;
            }

            if (candidate % factor == 0)
            {
                return false;
            }
        }

        return true;
    }
}
