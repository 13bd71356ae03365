namespace Oriel.Build;

/// <summary>A value of an enumeration.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Literal">What stands for it in JSON.</param>
internal sealed record EnumValue(string Name, ManifestLiteral Literal, string Doc);
