namespace Oriel.Components.Wire;

/// <summary>What stands in a slot.</summary>
internal enum SlotKind
{
    /// <summary>The value of an attribute.</summary>
    Value,

    /// <summary>A text or markup.</summary>
    Text,

    /// <summary>The id of an event handler.</summary>
    Handler,

    /// <summary>The id of a reference to an element.</summary>
    Reference,

    /// <summary>The id of a component.</summary>
    Component,
}
