using System.Diagnostics;

namespace Oriel.Ipc.Tests;

/// <summary>How long a generator runs: a fixed count of cases, or ten minutes when <c>ORIEL_TESTS_LONG=1</c> asks for it.</summary>
internal static class Long
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("ORIEL_TESTS_LONG") == "1";

    /// <summary>The seeds of the cases. Those of the short run are always the same.</summary>
    public static IEnumerable<int> Cases(int count)
    {
        var clock = Stopwatch.StartNew();
        for (var seed = 0; seed < count || (IsAsked && clock.Elapsed < TimeSpan.FromMinutes(10)); seed++)
        {
            yield return seed;
        }
    }
}
