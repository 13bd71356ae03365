namespace Oriel.Components.Widgets;

/// <summary>Where things are across the direction in which they follow each other.</summary>
public enum Alignment
{
    /// <summary>As wide as there is room.</summary>
    Stretch,

    /// <summary>At the start.</summary>
    Start,

    /// <summary>In the middle.</summary>
    Center,

    /// <summary>At the end.</summary>
    End,

    /// <summary>On one line of text.</summary>
    Baseline,
}
