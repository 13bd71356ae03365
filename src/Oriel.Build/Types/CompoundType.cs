namespace Oriel.Build;

/// <summary>One of several types (<c>|</c>), or all of them at once (<c>&amp;</c>).</summary>
internal sealed record CompoundType(char Operator, IReadOnlyList<TypeExpression> Parts) : TypeExpression
{
    public override bool IsCompound => true;
}
