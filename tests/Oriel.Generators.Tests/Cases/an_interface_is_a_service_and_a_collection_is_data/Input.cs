using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("hour", (IClock clock, IClock? other, [FromServices] Ledger ledger, IReadOnlyList<int> numbers, IShape shape) => clock.Hour + numbers.Count);
    }
}

public interface IClock
{
    int Hour { get; }
}

public sealed class Ledger;

[System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), "circle")]
public interface IShape;

public sealed record Circle(double Radius) : IShape;
