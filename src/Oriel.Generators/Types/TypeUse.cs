namespace Oriel.Generators;

/// <summary>A type where it is used: in a signature, or in a member of another.</summary>
/// <param name="CSharp">How generated C# writes it: fully qualified, with <c>?</c> where it is a nullable value type.</param>
/// <param name="TypeScript">How TypeScript writes it, <c>| null</c> included.</param>
/// <param name="IsNullable">Whether null is a value of it.</param>
/// <param name="HoldsBodies">Whether it is, or holds at any depth, bytes or a stream, which travel beside the JSON.</param>
internal sealed record TypeUse(string CSharp, string TypeScript, bool IsNullable, bool HoldsBodies);
