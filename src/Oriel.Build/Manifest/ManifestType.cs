namespace Oriel.Build;

/// <summary>A type that the page sees by name.</summary>
internal abstract record ManifestType(string Name, string Doc)
{
    /// <summary>The names of its type parameters, in order.</summary>
    public virtual IReadOnlyList<string> TypeParameters => [];
}
