using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("repeat", (string text, int count = 2, string separator = "\"-\\", double scale = 1.5, bool trim = true, char mark = '\'', long? limit = null, Kind kind = Kind.Second, decimal price = 9.99m, Guid id = default) => text);
    }
}

public enum Kind
{
    First,
    Second,
}
