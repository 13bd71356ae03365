namespace RadzenSample;

/// <summary>A row of the data grid.</summary>
public sealed record Order(int Number, string Customer, string City, DateOnly Day, decimal Total)
{
    private static readonly string[] s_customers = ["Ada", "Barbara", "Charles", "Donald", "Edsger", "Frances", "Grace", "Hedy", "Ivan", "John", "Katherine", "Linus", "Margaret"];
    private static readonly string[] s_cities = ["Athens", "Bergen", "Cork", "Delft", "Essen", "Florence", "Graz"];

    /// <summary>All 200, always the same.</summary>
    public static IReadOnlyList<Order> All { get; } =
    [
        .. Enumerable.Range(1, 200).Select(static i => new Order(
            i,
            s_customers[i * 7 % s_customers.Length],
            s_cities[i * 3 % s_cities.Length],
            new DateOnly(2026, 1, 1).AddDays(i * 37 % 365),
            i * 7919 % 100_000 / 100m)),
    ];

    /// <summary>Where customers are.</summary>
    public static IReadOnlyList<string> Cities => s_cities;
}
