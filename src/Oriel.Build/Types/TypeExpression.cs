namespace Oriel.Build;

/// <summary>A type as TypeScript writes it, in parts: so that only types can stand where the manifest names one.</summary>
internal abstract record TypeExpression
{
    /// <summary>Whether it needs parentheses where it is a part of another.</summary>
    public virtual bool IsCompound => false;
}
