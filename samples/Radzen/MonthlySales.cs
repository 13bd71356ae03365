namespace RadzenSample;

/// <summary>A point of the charts.</summary>
public sealed record MonthlySales(string Month, double Revenue, double Cost)
{
    /// <summary>Half a year.</summary>
    public static IReadOnlyList<MonthlySales> All { get; } =
    [
        new("Jan", 234_000, 180_000),
        new("Feb", 269_000, 191_000),
        new("Mar", 233_000, 202_000),
        new("Apr", 244_000, 175_000),
        new("May", 314_000, 210_000),
        new("Jun", 352_000, 231_000),
    ];
}
