using System.Text.Json.Serialization;

record Positional(int A, string B = "b");

class Marked
{
    public Marked() { }

    [JsonConstructor]
    internal Marked(int a) => A = a;

    public int A { get; }
}

class OnlyOne(string name)
{
    public string Name { get; } = name;
}

readonly struct Both(int a)
{
    public int A { get; } = a;
}

static class Uses { public static void Take(Positional a, Marked b, OnlyOne c, Both d) { } }
