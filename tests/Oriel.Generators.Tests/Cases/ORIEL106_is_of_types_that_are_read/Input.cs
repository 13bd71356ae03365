#pragma warning disable CS4014
using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("answers", () => new Sent(1));
        app.Commands.Map("takes", (Taken value) => 1);
        app.Commands.Map("ignores", (Ignored value) => 1);
        app.Events.EmitAsync("sent", new Sent(2));
    }
}

public sealed class Sent
{
    public Sent(int number) => Number = number;

    public Sent(string text, int number) => Number = number + text.Length;

    public int Number { get; }
}

public sealed class Taken
{
    public Taken(int other) => Number = other;

    public int Number { get; }
}

public sealed record Ignored(int A, [property: System.Text.Json.Serialization.JsonIgnore] int B);
