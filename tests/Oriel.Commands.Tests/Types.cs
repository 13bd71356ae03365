namespace Oriel.Commands.Tests;

public enum Color
{
    Red,
    DarkBlue,
}

public sealed record Point(int X, int Y);

public sealed record Shape(string Name, Point[] Points, Color? Fill = null);

public sealed class Tree
{
    public IReadOnlyList<Tree> Children { get; init; } = [];
}

/// <summary>A type that checks what it is made of.</summary>
public sealed record Picky
{
    public Picky(string kind) => Kind = kind switch
    {
        "argument" => throw new ArgumentException("No such thing."),
        "range" => throw new ArgumentOutOfRangeException(nameof(kind), "No such thing."),
        "format" => throw new FormatException("No such thing."),
        "overflow" => throw new OverflowException("No such thing."),
        _ => kind,
    };

    public string Kind { get; }
}
