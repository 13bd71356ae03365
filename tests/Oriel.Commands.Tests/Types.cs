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
