using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("shape", (Shape shape, Color color, byte small, DateTimeOffset at, List<int> numbers, Dictionary<string, Shape> named) => shape);
    }
}

public enum Color
{
    Red,
    DarkBlue,
}

public sealed record Shape(string Name, Color? Fill = null);
