namespace Oriel.Engine.Conformance;

/// <summary>Which engines the suite runs on.</summary>
internal static class EngineSelection
{
    public const string Trait = "engine";

    public const string Headless = "headless";

    public const string Gtk = "gtk";

    private static readonly string[] All = [Headless, Gtk];

    /// <summary>The runner's options that leave out the other engines.</summary>
    public static IEnumerable<string> Filters()
    {
        var wanted = (Environment.GetEnvironmentVariable("ORIEL_TEST_ENGINES") ?? string.Join(',', All)).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Except(All).FirstOrDefault() is { } unknown)
        {
            throw new InvalidOperationException($"ORIEL_TEST_ENGINES names \"{unknown}\"; there are {string.Join(" and ", All)}.");
        }

        return All.Except(wanted).SelectMany(static engine => new[] { "-trait-", $"{Trait}={engine}" });
    }
}
