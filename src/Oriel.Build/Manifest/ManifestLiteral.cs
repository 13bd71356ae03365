namespace Oriel.Build;

/// <summary>A text or a whole number, as JSON writes it.</summary>
/// <param name="Value">The text itself, or the digits of the number.</param>
internal sealed record ManifestLiteral(string Value, bool IsNumber)
{
    /// <summary>The literal in TypeScript.</summary>
    public override string ToString() => IsNumber ? Value : ScriptText.Quote(Value);
}
