namespace Oriel.Components.Wire;

/// <summary>What a frame consists of: numbers, each followed by its arguments.</summary>
internal enum Op
{
    /// <summary>The component whose children the edits behind it change.</summary>
    Component = 0,
    Insert = 1,
    Remove = 2,
    Attribute = 3,
    NoAttribute = 4,
    Text = 5,
    In = 6,
    Out = 7,
    Markup = 8,
    Move = 9,
    Handler = 10,
    Gone = 11,
    Unhandled = 12,

    /// <summary>A string for the table that values refer to.</summary>
    Define = 13,

    /// <summary>A subtree with holes, for insertions that repeat it.</summary>
    Template = 14,
}
