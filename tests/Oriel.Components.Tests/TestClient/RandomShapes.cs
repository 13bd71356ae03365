namespace Oriel.Components.Tests.TestClient;

/// <summary>Makes trees and changes them, the same for the same seed.</summary>
internal sealed class RandomShapes(int seed)
{
    private const int MaxDepth = 4;
    private const int MaxChildren = 7;

    private readonly Random _random = new(seed);
    private int _key;

    public Shape Tree() => new(ShapeKind.Element, ++_key, "", Children(1));

    /// <summary>Changes some of a tree: what is inside, its order, its texts; the keys of what stays are kept.</summary>
    public Shape Change(Shape shape, int depth = 1)
    {
        var children = shape.Children.ToList();
        if (shape.Kind is ShapeKind.Element or ShapeKind.Region or ShapeKind.Component)
        {
            children.RemoveAll(_ => _random.Next(8) == 0);
            if (_random.Next(3) == 0)
            {
                Reorder(children);
            }

            while (_random.Next(3) == 0 && depth < MaxDepth)
            {
                children.Insert(_random.Next(children.Count + 1), Node(depth + 1));
            }
        }

        return shape with
        {
            Text = depth > 1 && _random.Next(3) == 0 ? Text() : shape.Text,
            Children = [.. children.Select(child => Change(child, depth + 1))],
        };
    }

    private void Reorder(List<Shape> children)
    {
        if (_random.Next(3) == 0)
        {
            children.Reverse();
            return;
        }

        var shuffled = children.ToArray();
        _random.Shuffle(shuffled);
        children.Clear();
        children.AddRange(shuffled);
    }

    private Shape Node(int depth)
    {
        var kind = (ShapeKind)_random.Next(6);
        return new(kind, ++_key, Text(), kind is ShapeKind.Element or ShapeKind.Region or ShapeKind.Component ? Children(depth) : []);
    }

    private Shape[] Children(int depth) =>
        depth == MaxDepth ? [] : [.. Enumerable.Range(0, _random.Next(MaxChildren)).Select(_ => Node(depth + 1))];

    private string Text() => new((char)('a' + _random.Next(26)), _random.Next(4));
}
