namespace Oriel.Components.Wire;

/// <summary>What an inserted node is.</summary>
internal enum NodeKind
{
    Element = 1,
    Text = 2,
    Markup = 3,
    Component = 4,

    /// <summary>A template with its holes filled.</summary>
    Use = 5,
}
