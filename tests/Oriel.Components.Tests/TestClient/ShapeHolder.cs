namespace Oriel.Components.Tests.TestClient;

/// <summary>The tree that a <see cref="ShapePage"/> shows.</summary>
internal sealed class ShapeHolder(Shape shape)
{
    public Shape Shape { get; set; } = shape;

    public Action Render { get; set; } = static () => { };
}
