namespace Oriel.Components.Wire;

/// <summary>The templates that the page has, and the shapes of subtrees that may become some.</summary>
internal sealed class TemplateTable
{
    private const int MaxTemplates = 256;
    private const int MaxShapes = 512;

    // The first holds what two subtrees had in common, the last nothing.
    private const int MaxVariants = 4;

    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Finds the template for a subtree, or decides to make one of it: when its shape has been seen before.</summary>
    /// <param name="key">The shape: equal for subtrees that differ in their slots alone.</param>
    /// <param name="slots">What stands in the slots.</param>
    /// <param name="isNew">Whether the page has to be sent the template first.</param>
    public Template? Choose(ReadOnlySpan<char> key, ReadOnlySpan<TemplateSlot> slots, out bool isNew)
    {
        isNew = false;
        if (!_shapes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var shape))
        {
            Remember(key, slots);
            return null;
        }

        foreach (var known in shape.Templates)
        {
            if (known.Fits(slots))
            {
                return known;
            }
        }

        if (_count == MaxTemplates)
        {
            return null;
        }

        shape.Narrow(slots, isLast: shape.Templates.Count == MaxVariants - 1);
        var template = new Template(_count++, [.. shape.Common]);
        shape.Templates.Add(template);
        isNew = true;
        return template;
    }

    private void Remember(ReadOnlySpan<char> key, ReadOnlySpan<TemplateSlot> slots)
    {
        if (_shapes.Count == MaxShapes)
        {
            foreach (var (seldom, shape) in _shapes)
            {
                if (shape.Templates.Count == 0)
                {
                    _shapes.Remove(seldom);
                }
            }
        }

        _shapes.Add(key.ToString(), new(slots));
    }

    private sealed class Shape
    {
        public Shape(ReadOnlySpan<TemplateSlot> slots)
        {
            Common = new TemplateSlot?[slots.Length];
            for (var i = 0; i < slots.Length; i++)
            {
                Common[i] = slots[i].CanBeLiteral ? slots[i] : null;
            }
        }

        /// <summary>What has been the same so far.</summary>
        public TemplateSlot?[] Common { get; }

        public List<Template> Templates { get; } = [];

        public void Narrow(ReadOnlySpan<TemplateSlot> slots, bool isLast)
        {
            for (var i = 0; i < slots.Length; i++)
            {
                if (isLast || (Common[i] is { } common && common != slots[i]))
                {
                    Common[i] = null;
                }
            }
        }
    }
}
