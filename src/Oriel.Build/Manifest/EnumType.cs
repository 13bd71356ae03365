namespace Oriel.Build;

/// <summary>An enumeration: of texts, or of numbers that can be combined.</summary>
internal sealed record EnumType(string Name, string Doc, IReadOnlyList<EnumValue> Values) : ManifestType(Name, Doc)
{
    /// <summary>Whether its values are numbers.</summary>
    public bool IsNumeric { get; } = Values.Count > 0 && Values[0].Literal.IsNumber;
}
