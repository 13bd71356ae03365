using System.Text.Json.Serialization;

namespace SelfCheck;

/// <summary>Told apart by a discriminator.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), "square")]
internal abstract record Shape;

/// <summary>A case of <see cref="Shape"/>.</summary>
internal sealed record Circle(double Radius) : Shape;

/// <summary>Another one.</summary>
internal sealed record Square(double Side) : Shape;
