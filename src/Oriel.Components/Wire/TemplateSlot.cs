namespace Oriel.Components.Wire;

/// <summary>A place in a subtree where two of one shape may differ.</summary>
/// <param name="Kind">What stands there.</param>
/// <param name="Text">The text, or the name of a handler's event; null for an attribute without a value.</param>
/// <param name="Number">The id of a handler or a component.</param>
internal readonly record struct TemplateSlot(SlotKind Kind, string? Text, long Number = 0)
{
    /// <summary>Whether a template may hold it, when it is the same wherever the template is used.</summary>
    public bool CanBeLiteral => Kind is SlotKind.Value or SlotKind.Text && (Text?.Length ?? 0) <= StringTable.MaxLength;
}
