namespace Oriel.Components.Wire;

/// <summary>A subtree that the page has been sent, with holes where it differs from use to use.</summary>
internal sealed class Template
{
    // What stands where there is no hole; null where there is one.
    private readonly TemplateSlot?[] _literals;

    public Template(int index, TemplateSlot?[] literals)
    {
        Index = index;
        _literals = literals;
    }

    public int Index { get; }

    public bool IsHole(int slot) => _literals[slot] is null;

    /// <summary>Whether a subtree of the same shape has in it what the template has.</summary>
    public bool Fits(ReadOnlySpan<TemplateSlot> slots)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (_literals[i] is { } literal && literal != slots[i])
            {
                return false;
            }
        }

        return true;
    }
}
