namespace Oriel.Build;

/// <summary>An array or a tuple that is only read.</summary>
internal sealed record ReadOnlyType(TypeExpression Type) : TypeExpression
{
    public override bool IsCompound => true;
}
