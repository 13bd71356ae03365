using System.Text.Json.Serialization;

/// <summary>Something with an outline.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Group), "group")]
abstract record Shape(string Label);

record Circle(string Label, double Radius) : Shape(Label);

record Group(string Label, IReadOnlyList<Shape> Shapes) : Shape(Label);

[JsonDerivedType(typeof(Cat), 1)]
[JsonDerivedType(typeof(Dog), 2)]
interface IPet
{
    string Name { get; }
}

record Cat(string Name) : IPet;

record Dog(string Name, bool Barks) : IPet;

static class Uses { public static Shape Draw(Shape[] shapes, IPet? pet) => null!; }
