namespace Oriel.Generators.Capabilities;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind
{
    Object,
    Array,
    String,
    Number,

    /// <summary>true, false or null.</summary>
    Word,
}
